package io.aftercare.simulator.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Reads and writes the credentials of a fleet: CSV with the header `id,model,token`, or a JSON array of objects with
/// these three names. Written with mode 0600 and moved into place whole, because tokens are shown only once.
public final class CredentialsFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "id,model,token";

    private CredentialsFile() {}

    /// Every credential of the file, in its order.
    ///
    /// @throws IllegalArgumentException where the file is not understood; the message names the line
    public static List<Credential> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        return text.startsWith("[") ? json(file, text) : csv(file, text);
    }

    /// The credentials already kept, none where the file does not exist yet.
    public static List<Credential> readIfPresent(Path file) throws IOException {
        return Files.exists(file) ? read(file) : List.of();
    }

    public static void write(Path file, List<Credential> credentials) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Credential each : credentials) {
            text.append(each.id()).append(',').append(each.model()).append(',').append(each.token())
                    .append('\n');
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        createPrivate(draft);
        Files.writeString(draft, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void createPrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(
                    EnumSet.copyOf(PosixFilePermissions.fromString("rw-------"))));
        } else {
            Files.createFile(file);
        }
    }

    private static List<Credential> csv(Path file, String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().replace(" ", "").equalsIgnoreCase(HEADER)) {
            throw new IllegalArgumentException(file + ": the first line must be " + HEADER);
        }
        List<Credential> found = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) {
                continue;
            }
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != 3) {
                throw new IllegalArgumentException(
                        file + ", line " + (i + 1) + ": expected three cells, " + HEADER);
            }
            found.add(credential(file + ", line " + (i + 1), cells[0], cells[1], cells[2]));
        }
        return found;
    }

    private static List<Credential> json(Path file, String text) {
        List<Credential> found = new ArrayList<>();
        try {
            for (JsonNode each : JSON.readTree(text)) {
                found.add(credential(file + ", entry " + (found.size() + 1), each.path("id").asText(),
                        each.path("model").asText(), each.path("token").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        return found;
    }

    private static Credential credential(String where, String id, String model, String token) {
        try {
            return new Credential(id.strip(), model.strip(), token.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }
}
