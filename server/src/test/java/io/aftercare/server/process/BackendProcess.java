package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// `aftercare.jar serve` on a data directory, with ports of its own.
public final class BackendProcess implements AutoCloseable {
    public static final String ADMIN_PASSWORD = "correct horse battery";
    private static final Duration READY_MAX = Duration.ofSeconds(90);

    private final Process process;
    private final int httpPort;
    private final int mqttPort;
    private final Path log;

    private BackendProcess(Process process, int httpPort, int mqttPort, Path log) {
        this.process = process;
        this.httpPort = httpPort;
        this.mqttPort = mqttPort;
        this.log = log;
    }

    /// Starts it and waits until it is ready.
    public static BackendProcess start(Path dataDirectory, Map<String, String> settings)
            throws IOException, InterruptedException {
        BackendProcess backend = launch(dataDirectory, settings);
        boolean ready = false;
        try {
            backend.awaitReady();
            ready = true;
            return backend;
        } finally {
            if (!ready) {
                backend.close(); // nobody else knows of it
            }
        }
    }

    /// Starts it without waiting.
    public static BackendProcess launch(Path dataDirectory, Map<String, String> settings) throws IOException {
        int httpPort = freePort();
        int mqttPort = freePort();
        Map<String, String> environment = new HashMap<>(Map.of("AFTERCARE_HTTP_PORT", "" + httpPort,
                "AFTERCARE_MQTT_PORT", "" + mqttPort, "AFTERCARE_DATA_DIR", dataDirectory.toString(),
                "AFTERCARE_ADMIN_PASSWORD", ADMIN_PASSWORD));
        environment.putAll(settings);
        Path log = Files.createTempFile(Path.of("target"), "backend", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                List.of(java(), "-Xmx512m", "-jar", jar().toString(), "serve"))
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new BackendProcess(builder.start(), httpPort, mqttPort, log);
    }

    /// The `java` that runs the tests.
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// The jar that this build made.
    public static Path jar() {
        Path jar = Path.of("target", "aftercare.jar").toAbsolutePath();
        assertThat(jar).as("made by 'mvn package'").isRegularFile();
        return jar;
    }

    public int httpPort() {
        return httpPort;
    }

    public int mqttPort() {
        return mqttPort;
    }

    public URI http() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    public long pid() {
        return process.pid();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /// `kill -9`.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM.
    ///
    /// @return the exit code
    public int terminate() throws InterruptedException, IOException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends within a minute: %s", log()).isTrue();
        return process.exitValue();
    }

    /// Waits for it to end by itself.
    ///
    /// @return the exit code
    public int awaitEnd() throws InterruptedException, IOException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends by itself: %s", log()).isTrue();
        return process.exitValue();
    }

    public void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (!ready()) {
            assertThat(process.isAlive()).as("still runs: %s", log()).isTrue();
            assertThat(System.nanoTime()).as("ready in time: %s", log()).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean ready() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(http().resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet, which is what is asked
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A port that nobody has now. Below those that systems give to outgoing connections (from 32768 on Linux, 49152
    /// elsewhere), so that none of a test's own clients takes it while the backend is away.
    public static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException _) {
                // taken: another one
            }
        }
        throw new IOException("Found no free port in 100 tries");
    }

    /// Ends it cleanly, so that its PostgreSQL ends too.
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                terminate();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
