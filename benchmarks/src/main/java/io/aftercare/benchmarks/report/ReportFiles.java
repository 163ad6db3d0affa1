package io.aftercare.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Writes what a benchmark found beside each other: Markdown for people, JSON for programs.
public final class ReportFiles {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFiles() {}

    /// @param figures records of numbers and text
    /// @return the Markdown file
    public static Path write(Path folder, String name, String markdown, Object figures) throws IOException {
        Files.createDirectories(folder);
        String stamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path text = folder.resolve(name + "-" + stamp + ".md");
        Files.writeString(text, markdown);
        JSON.writeValue(folder.resolve(name + "-" + stamp + ".json").toFile(), figures);
        return text;
    }
}
