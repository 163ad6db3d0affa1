package io.aftercare.simulator.ota;

import java.io.IOException;
import java.nio.file.Path;

/// The device's storage. Everything that is to outlive a power cut passes here, one effect a call, so that the power can be
/// cut between any two effects or in the middle of one. Implementations are thread-safe as long as no two threads use one
/// file.
public interface Flash {
    /// Replaces a file whole: after a power cut at any moment it holds the old content or the new one.
    void replace(Path file, byte[] content) throws IOException;

    /// Writes behind the end of a file, which is made when missing. After a power cut any part of it may be there.
    void append(Path file, byte[] data) throws IOException;

    /// Cuts a file to a length; what is shorter already stays.
    void truncate(Path file, long length) throws IOException;

    /// Returns when what was appended would survive a power cut.
    void sync(Path file) throws IOException;

    /// Deletes a file, if it is there.
    void delete(Path file) throws IOException;

    /// Bytes of a file; 0 where there is none.
    long length(Path file) throws IOException;
}
