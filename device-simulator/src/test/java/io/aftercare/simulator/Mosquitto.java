package io.aftercare.simulator;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Debian's own MQTT broker on a random loopback port, as a peer that knows nothing of this project.
public final class Mosquitto implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    private Mosquitto(Path folder, int port) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /// Starts one. Where it is not installed the test is skipped, but in CI it fails.
    public static Mosquitto start(Path folder) throws IOException, InterruptedException {
        if (program().isEmpty()) {
            String remedy = "install mosquitto (apt-get install mosquitto) to run this test";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy);
            }
            assumeTrue(false, remedy);
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                max_inflight_messages 1000
                max_queued_messages 0
                """.formatted(port));
        return new Mosquitto(folder, port);
    }

    private static Optional<Path> program() {
        return Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto")
                .map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private Process launch() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(program().orElseThrow().toString(), "-c",
                folder.resolve("mosquitto.conf").toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile()).start();
        Waiting.until("mosquitto listens", () -> listens(port));
        return started;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void restart() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
