package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What survives a power cut of whom the device trusts: the newest root and the latest time it knew. Not thread-safe.
final class TrustMemory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Flash flash;
    private Content content;

    /// What is written down.
    ///
    /// @param root the envelope; empty where the device has none but what it was built with
    record Content(String root, long latestMillis) {}

    private TrustMemory(Path file, Flash flash, Content content) {
        this.file = file;
        this.flash = flash;
        this.content = content;
    }

    static TrustMemory open(Path folder, Flash flash) throws IOException {
        Path file = folder.resolve("trust.json");
        return new TrustMemory(file, flash, Files.exists(file)
                ? JSON.readValue(file.toFile(), Content.class)
                : new Content("", 0));
    }

    Content content() {
        return content;
    }

    /// Replaces it whole; returns when it is written.
    void write(Content next) throws IOException {
        flash.replace(file, JSON.writeValueAsBytes(next));
        content = next;
    }
}
