package io.aftercare.simulator.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The backend as a child process, with its output in a file. Thread-safe.
final class Backend implements AutoCloseable {
    private static final Duration STOPPING_MAX = Duration.ofSeconds(40);
    private static final int LINES_SHOWN = 15;

    private final Process process;
    private final Path log;
    private final String http;

    private Backend(Process process, Path log, String http) {
        this.process = process;
        this.log = log;
        this.http = http;
    }

    static Backend start(Path jar, Path log, int httpPort, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(java(), "-jar", jar.toString(), "serve")
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        return new Backend(builder.start(), log, "http://127.0.0.1:" + httpPort);
    }

    /// The `java` that runs this program.
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    String http() {
        return http;
    }

    void awaitReady(Duration longest) throws IOException, InterruptedException, DemoException {
        long until = System.nanoTime() + longest.toNanos();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (!ready(client)) {
                if (!process.isAlive()) {
                    throw new DemoException(
                            "the backend ended with code " + process.exitValue() + ":\n" + lastLines());
                }
                if (System.nanoTime() > until) {
                    throw new DemoException("the backend was not ready within " + longest.toSeconds()
                            + " s; its last lines (" + log + "):\n" + lastLines());
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private boolean ready(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(http + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    /// Asks it to stop, as a service manager would, and waits until it has drained.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
