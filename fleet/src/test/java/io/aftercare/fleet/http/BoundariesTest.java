package io.aftercare.fleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The fleet is what the features share, so it must know none of them.
class BoundariesTest {
    private static final Pattern FEATURE = Pattern
            .compile(
                    "import (static )?io\\.aftercare\\.(?!fleet\\.)|FROM (ingest|diagnostics|service|ota)\\.");

    @Test
    void noFileOfTheFleetKnowsAFeature() throws IOException {
        assertThat(filesThatMatch(FEATURE)).isEmpty();
    }

    private static List<Path> filesThatMatch(Pattern pattern) throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|sql)")).filter(file -> {
                try {
                    return pattern.matcher(Files.readString(file)).find();
                } catch (IOException e) {
                    throw new IllegalStateException(file.toString(), e);
                }
            }).toList();
        }
    }
}
