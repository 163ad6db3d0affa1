package io.aftercare.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The golden vectors of `docs/protocol`.
public final class Vectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    public static JsonNode read(String name) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("docs/protocol/vectors"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IOException("docs/protocol/vectors is not above " + Path.of("").toAbsolutePath());
        }
        return JSON.readTree(folder.resolve("docs/protocol/vectors").resolve(name).toFile());
    }
}
