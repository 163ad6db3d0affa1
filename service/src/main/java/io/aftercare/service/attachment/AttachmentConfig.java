package io.aftercare.service.attachment;

import java.nio.file.Path;

/// @param directory where files lie; made when the first one comes
/// @param bytesMax  of one file
public record AttachmentConfig(Path directory, long bytesMax) {
    private static final long BYTES_MAX = 25L << 20;

    public AttachmentConfig {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("An attachment needs room for at least a byte: " + bytesMax);
        }
    }

    /// Files of at most 25 MiB.
    public static AttachmentConfig in(Path directory) {
        return new AttachmentConfig(directory, BYTES_MAX);
    }
}
