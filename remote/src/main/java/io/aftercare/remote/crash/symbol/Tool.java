package io.aftercare.remote.crash.symbol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of the machine that reads symbol files. It runs bounded in time, memory and output, without our environment, and never asks
/// a server for what it does not find (`DEBUGINFOD_URLS` is not there).
record Tool(Path program) {
    private static final Duration TIME_MAX = Duration.ofSeconds(60);
    private static final int OUTPUT_BYTES_MAX = 4 << 20;
    private static final long MEMORY_BYTES_MAX = 4L << 30;
    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin");

    /// The first of some programs that is installed, in the folders of the system: what `PATH` says is not asked.
    static Optional<Tool> find(String... names) {
        return Stream.of(names).flatMap(name -> FOLDERS.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst().map(Tool::new);
    }

    /// What it prints.
    ///
    /// @throws IOException where it fails, prints too much or takes too long
    String run(List<String> arguments, String input) throws IOException {
        List<String> command = new ArrayList<>(limits());
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            // Its output is read while it is given its input, or both would wait for each other.
            Thread feeder = Thread.ofVirtual().start(() -> feed(process, input));
            Thread watch = Thread.ofVirtual().start(() -> watch(process));
            String output = read(process.getInputStream());
            feeder.join();
            watch.join();
            if (process.exitValue() != 0) {
                throw new IOException(
                        program.getFileName() + " ended with " + process.exitValue() + output.lines()
                                .findFirst().map(line -> ": " + line).orElse(""));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while " + program.getFileName() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    // prlimit (util-linux) is part of every Debian; elsewhere the bounds are those of time and output.
    private static List<String> limits() {
        Path prlimit = Path.of("/usr/bin/prlimit");
        return Files.isExecutable(prlimit)
                ? List.of(prlimit.toString(), "--as=" + MEMORY_BYTES_MAX, "--cpu=" + TIME_MAX.toSeconds(),
                        "--core=0", "--fsize=0")
                : List.of();
    }

    private static void feed(Process process, String input) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroyForcibly(); // it does not listen: its exit status says so to the reader
        }
    }

    private static void watch(Process process) {
        try {
            if (!process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private String read(InputStream from) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            if (output.size() + n > OUTPUT_BYTES_MAX) {
                throw new IOException(
                        program.getFileName() + " prints more than " + OUTPUT_BYTES_MAX + " bytes");
            }
            output.write(buffer, 0, n);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
