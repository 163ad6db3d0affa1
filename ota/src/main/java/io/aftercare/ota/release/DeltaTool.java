package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Makes the deltas that `sign --delta-from` signs, with the `zstd` program (1.4.5 or later).
final class DeltaTool {
    private static final String PROGRAM = "zstd";
    private static final long MINUTES_MAX = 10;

    private DeltaTool() {}

    /// Makes a delta from each former file to the artifact that it became, beside the envelope, and lists it in the
    /// manifest. One that saves next to nothing is left out.
    ///
    /// @param artifacts the new files
    /// @param former `FILE`, where there is one artifact or one of the same name, or `ARTIFACT=FILE`
    static void make(ObjectNode manifest, List<Path> artifacts, List<String> former, Path envelope,
            PrintStream out) throws IOException {
        for (String each : former) {
            int equals = each.indexOf('=');
            Path old = Path.of(each.substring(equals + 1));
            Path made = target(artifacts, equals < 0 ? "" : each.substring(0, equals), old);
            add(manifest, old, made, envelope, out);
        }
    }

    private static Path target(List<Path> artifacts, String name, Path old) {
        String wanted = name.isEmpty() ? FileHash.nameOf(old) : name;
        return artifacts.stream().filter(each -> FileHash.nameOf(each).equals(wanted)).findFirst()
                .orElseGet(() -> {
                    if (name.isEmpty() && artifacts.size() == 1) {
                        return artifacts.getFirst();
                    }
                    throw Refused.malformed("Which --artifact " + old + " became is not clear; write"
                            + " --delta-from NAME=" + old + " with the name of one that is given");
                });
    }

    private static void add(ObjectNode manifest, Path old, Path made, Path envelope, PrintStream out)
            throws IOException {
        FileHash base = FileHash.of(old);
        long whole = Files.size(made);
        String name = FileHash.nameOf(made) + ".from-" + base.sha256().substring(0, 8) + ".zst";
        Path file = envelope.resolveSibling(name);
        patch(old, made, file);
        FileHash delta = FileHash.of(file);
        if (delta.size() >= whole) {
            Files.delete(file);
            out.println(
                    "A delta from " + old + " would not be smaller than the " + whole + " bytes of " + made
                            + "; there is none");
            return;
        }
        deltas(manifest, FileHash.nameOf(made)).addObject().put("from", base.sha256()).put("name", name)
                .put("size", delta.size()).put("sha256", delta.sha256()).put("format", Delta.ZSTD);
        out.printf(Locale.ROOT,
                "Delta %s: %d bytes instead of %d, %.1f %% saved; upload it as an artifact too%n",
                file, delta.size(), whole, 100 - delta.size() * 100.0 / whole);
    }

    private static ArrayNode deltas(ObjectNode manifest, String artifact) {
        for (var entry : manifest.withArray("artifacts")) {
            if (entry instanceof ObjectNode object && object.path("name").asText().equals(artifact)) {
                return object.withArray("deltas");
            }
        }
        throw new IllegalStateException(artifact + " was filled in before");
    }

    // a window of 2 GiB, so that a patch may refer to all of the former file
    private static void patch(Path old, Path made, Path file) throws IOException {
        if (Files.notExists(old)) {
            throw new NoSuchFileException(old.toString());
        }
        Process zstd;
        try {
            zstd = new ProcessBuilder(PROGRAM, "-q", "-f", "-19", "--long=31", "--patch-from=" + old,
                    made.toString(),
                    "-o", file.toString()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw Refused.malformed("A delta needs the program zstd, which is not installed here"
                    + " (apt-get install zstd); without --delta-from nothing needs it");
        }
        try {
            String said = new String(zstd.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8).strip();
            if (!zstd.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || zstd.exitValue() != 0) {
                throw Refused.malformed("zstd could not make a delta from " + old + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            zstd.destroyForcibly();
        }
    }
}
