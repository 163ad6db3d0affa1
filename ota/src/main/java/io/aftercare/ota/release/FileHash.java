package io.aftercare.ota.release;

import java.io.OutputStream;
import io.aftercare.fleet.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Size and SHA-256 of a file, read as a stream.
record FileHash(long size, String sha256) {
    static FileHash of(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        long size;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
        return new FileHash(size, HexFormat.of().formatHex(digest.digest()));
    }

    static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
