package io.aftercare.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of ours, its output in a file. Closing asks it to stop (SIGTERM), and kills it when it takes too long; it is
/// stopped with this JVM too.
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final int QUOTED_CHARACTERS = 2_000;

    private final String name;
    private final Process process;
    private final Path output;
    private final Thread withUs;

    private ChildProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.withUs = new Thread(process::destroy, "stop-" + name);
        Runtime.getRuntime().addShutdownHook(withUs);
    }

    /// @param environment beside this process's own
    /// @param output      appended to
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment,
            Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(name, process, output);
    }

    public long pid() {
        return process.pid();
    }

    /// @throws IOException quoting the last of its output, where it has ended
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            String text = Files.readString(output, StandardCharsets.UTF_8).strip();
            throw new IOException(name + " ended with " + process.exitValue() + ": "
                    + text.substring(Math.max(0, text.length() - QUOTED_CHARACTERS)));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(withUs);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            process.destroy(); // this JVM is stopping already, and so is the child
        }
    }
}
