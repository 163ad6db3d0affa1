package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An outside program.
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

    /// Runs a shell script, whose arguments are `$1` on, to its end; fails where that is no good one.
    static void shell(Path folder, String script, String... arguments)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of("sh", "-euc", script, "script"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said, StandardCharsets.UTF_8)).isZero();
    }
}
