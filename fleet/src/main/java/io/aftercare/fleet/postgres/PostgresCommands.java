package io.aftercare.fleet.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's own programs, as somebody whom PostgreSQL allows ([PostgresUser]).
final class PostgresCommands {
    private static final int SECONDS_MAX = 660;

    private final Path home;
    private final PostgresUser user;

    PostgresCommands(Path home, PostgresUser user) {
        this.home = home;
        this.user = user;
    }

    PostgresUser user() {
        return user;
    }

    /// Runs `program` to its end; its output is the error's text if it fails.
    void run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("aftercare-" + program, ".log");
        try {
            int exit = execute(command, output);
            if (exit != 0) {
                throw new IOException(program + " ended with " + exit + ": "
                        + Files.readString(output, StandardCharsets.UTF_8).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    // The output goes to a file: the server that pg_ctl leaves behind would hold a pipe open for ever.
    static int execute(List<String> command, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end within " + SECONDS_MAX + " s");
        }
        return process.exitValue();
    }
}
