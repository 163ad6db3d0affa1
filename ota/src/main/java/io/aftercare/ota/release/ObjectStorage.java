package io.aftercare.ota.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Where artifacts are kept beside this machine's disk, each under the SHA-256 of its content. Thread-safe; calls block.
public interface ObjectStorage extends AutoCloseable {
    /// Keeps a file; returns when the storage has it. What is there under that name already is the same.
    void put(Path file, String sha256) throws IOException;

    /// Reads one from its beginning.
    ///
    /// @throws java.nio.file.NoSuchFileException where there is none
    InputStream open(String sha256) throws IOException;

    boolean has(String sha256) throws IOException;

    /// Forgets one, if it is there.
    void delete(String sha256) throws IOException;

    @Override
    void close();
}
