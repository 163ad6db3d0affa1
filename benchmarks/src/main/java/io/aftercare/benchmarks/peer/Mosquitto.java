package io.aftercare.benchmarks.peer;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.ChildProcess;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.ProcessTree;
import io.aftercare.simulator.credentials.Credential;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Debian's Mosquitto on loopback, set to accept and acknowledge as fast as it can: nobody subscribes, nothing is stored,
/// no limit holds it back.
public final class Mosquitto implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final int port;

    private Mosquitto(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Whether it is installed here.
    public static Optional<Path> program() {
        Stream<String> folders = Stream.concat(
                Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")));
        return folders.map(folder -> Path.of(folder, "mosquitto")).filter(Files::isExecutable).findFirst();
    }

    /// Starts it on a free port and waits until it takes connections.
    ///
    /// @param folder for its configuration and its log
    public static Mosquitto start(Path folder) throws IOException, InterruptedException {
        Path program = program().orElseThrow(() -> new IOException(
                "mosquitto is not installed; on Debian: apt-get install mosquitto"));
        int port = Machine.freePort();
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence false
                max_inflight_messages 0
                max_queued_messages 0
                set_tcp_nodelay true
                sys_interval 0
                log_type error
                log_dest stdout
                """.formatted(port));
        ChildProcess process = ChildProcess.start("mosquitto",
                List.of(program.toString(), "-c", configuration.toString()), Map.of(),
                folder.resolve("mosquitto.log"));
        Mosquitto mosquitto = new Mosquitto(process, port);
        Await.until("Mosquitto", START_MAX, Duration.ofMillis(20), mosquitto::answers);
        return mosquitto;
    }

    private boolean answers() throws IOException {
        process.requireAlive();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    /// It asks nobody for a password.
    public Broker broker(int connections) {
        List<Credential> devices = IntStream.rangeClosed(1, connections)
                .mapToObj(i -> new Credential(BenchFleet.deviceId(i), "", "")).toList();
        return new Broker("Mosquitto", port, devices, Map.of("broker", new ProcessTree(process.pid())));
    }

    @Override
    public void close() {
        process.close();
    }
}
