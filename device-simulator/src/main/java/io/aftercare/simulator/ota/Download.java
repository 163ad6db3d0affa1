package io.aftercare.simulator.ota;

import java.io.IOException;
import java.util.function.LongConsumer;

/// A way to fetch a file. What is already there is kept and only the rest fetched.
interface Download {
    /// Blocks until the file holds exactly the signed number of bytes; the caller checks their hash.
    ///
    /// @param bytesSoFar hears how far it is
    /// @throws RefusedException where the sender does not keep to the signed size
    /// @throws UpdateFailedException where it did not come about after several attempts, or too slowly
    /// @throws IOException where it cannot be stored
    void fetch(Piece piece, PartFile file, LongConsumer bytesSoFar)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException;
}
