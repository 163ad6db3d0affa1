package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// A way to fetch one component. What is already in the file is kept and only the rest fetched.
interface Download {
    /// Blocks until the file holds exactly the signed number of bytes; the caller checks their hash.
    ///
    /// @param bytesSoFar hears how far it is
    /// @throws RefusedException where the sender does not keep to the signed size, or starves the device
    /// @throws IOException where it did not come about after several attempts
    void fetch(Offer offer, Artifact artifact, Path file, LongConsumer bytesSoFar)
            throws IOException, RefusedException, InterruptedException;
}
