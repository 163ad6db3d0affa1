package io.aftercare.benchmarks.anomaly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.diagnostics.rulebook.RuleEval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A series, with the stretches in which people saw something.
///
/// @param windows first and last place of each
record Labelled(String name, List<String> times, double[] values, List<Window> windows) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS_LENGTH = 19;

    record Window(int first, int last) {}

    /// Reads every `timestamp,value` under a folder that the labels name.
    ///
    /// @param labels path within the folder, to a list of pairs of times (NAB's `combined_windows.json`)
    static List<Labelled> read(Path folder, Path labels) throws IOException {
        List<Labelled> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : JSON.readTree(labels.toFile()).properties()) {
            Path file = folder.resolve(entry.getKey());
            if (Files.isRegularFile(file)) {
                all.add(one(entry.getKey(), file, entry.getValue()));
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no file named in " + labels + " lies under " + folder);
        }
        return all;
    }

    private static Labelled one(String name, Path file, JsonNode pairs) throws IOException {
        List<String> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1).filter(line -> !line.isBlank()).forEach(line -> {
                String[] cells = line.strip().split(",", -1);
                times.add(cells[0]);
                values.add(Double.valueOf(cells[1]));
            });
        }
        List<Window> windows = new ArrayList<>();
        for (JsonNode pair : pairs) {
            windows.add(new Window(place(times, pair.get(0).asText()), place(times, pair.get(1).asText())));
        }
        return new Labelled(name, times, values.stream().mapToDouble(Double::doubleValue).toArray(), windows);
    }

    private static int place(List<String> times, String label) {
        String wanted = label.substring(0, Math.min(SECONDS_LENGTH, label.length()));
        int at = times.indexOf(wanted);
        if (at < 0) {
            throw new IllegalArgumentException("no row has the labelled time " + wanted);
        }
        return at;
    }

    /// The scores as a user gets them: from `rules eval`.
    static double[] evaluated(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        int code = RuleEval.run("anomaly(value)", file, out, System.err);
        if (code != 0) {
            throw new IOException(file + " could not be evaluated");
        }
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8).lines().skip(1)
                .mapToDouble(line -> number(line.substring(line.lastIndexOf(',') + 1))).toArray();
    }

    private static double number(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }
}
