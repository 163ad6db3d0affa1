package io.aftercare.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An outside program, run to its end.
final class Program {
    private static final int SECONDS_MAX = 60;

    private Program() {}

    /// Skips the test where a program is missing; fails it in CI.
    static void need(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(program + " is installed").isTrue();
        }
        assumeThat(there).as("needs " + program + "; install it to run this test").isTrue();
    }

    /// What it says, both outputs together; fails where it does not end well.
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = start(folder, command);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(List.of(command) + "\n" + said).isZero();
        return said;
    }

    static Process start(Path folder, String... command) throws IOException {
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    }
}
