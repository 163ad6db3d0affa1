package io.aftercare.server.requirement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The requirements and, for each, the tests of this build that show it.
///
/// @param rows  in their order
/// @param tests by the requirement's id
record Evidence(List<Row> rows, Map<String, SortedSet<Shown>> tests) {
    private static final Pattern ROW = Pattern
            .compile("\\| (R[1-9][0-9]?) \\| ([SO]) \\| (.+?) \\| (.+?) \\|");

    /// A line of `docs/requirements.md`.
    ///
    /// @param kind S for what the software does, O for what people decide and the software supports
    record Row(String id, String kind, String text, String where) {}

    /// A test that carries the requirement's id as a tag.
    record Shown(String test, boolean passed) implements Comparable<Shown> {
        @Override
        public int compareTo(Shown other) {
            return Comparator.comparing(Shown::test).thenComparing(Shown::passed).compare(this, other);
        }
    }

    /// @param root the project's folder, with the modules' `target/requirements` of this build
    static Evidence read(Path root) throws IOException {
        List<Row> rows = Files.readAllLines(root.resolve("docs/requirements.md")).stream()
                .map(ROW::matcher).filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4))).toList();
        Map<String, SortedSet<Shown>> tests = new TreeMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path folder : modules.map(module -> module.resolve("target/requirements"))
                    .filter(Files::isDirectory).toList()) {
                collect(folder, tests);
            }
        }
        return new Evidence(rows, tests);
    }

    private static void collect(Path folder, Map<String, SortedSet<Shown>> tests) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".tsv")).toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.tsv$", "")
                        .replaceFirst("^.*\\.", "");
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split("\t", -1);
                    tests.computeIfAbsent(parts[0], _ -> new TreeSet<>())
                            .add(new Shown(name + "." + parts[1], parts[2].equals("passed")));
                }
            }
        }
    }

    SortedSet<Shown> of(String id) {
        return tests.getOrDefault(id, new TreeSet<>());
    }

    /// What is wrong with a requirement, none where it is shown.
    Stream<String> gaps() {
        return rows.stream().flatMap(row -> of(row.id()).isEmpty()
                ? Stream.of(row.id() + " has no test: " + row.text())
                : of(row.id()).stream().filter(test -> !test.passed())
                        .map(test -> row.id() + ": " + test.test() + " failed"));
    }

    /// A table of the requirements with their tests, in Markdown.
    String table() {
        StringBuilder table = new StringBuilder("""
                # Requirements and the tests that show them

                | id | kind | requirement | tests |
                | --- | --- | --- | --- |
                """);
        rows.forEach(row -> table.append("| ").append(row.id()).append(" | ").append(row.kind()).append(" | ")
                .append(row.text()).append(" | ")
                .append(String.join("<br>", of(row.id()).stream()
                        .map(test -> (test.passed() ? "" : "FAILED: ") + test.test()).toList()))
                .append(" |\n"));
        return table.toString();
    }
}
