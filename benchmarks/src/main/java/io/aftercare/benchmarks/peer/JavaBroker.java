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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// A broker written in Java, as a JVM of its own: HiveMQ CE or Moquette, set to accept and acknowledge without storing. Its
/// jars come from Maven Central by `mvn`, at the first use; they never meet ours.
public final class JavaBroker implements AutoCloseable {
    private static final Duration FETCH_MAX = Duration.ofMinutes(10);
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final List<String> OPENED = List.of("--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private final Kind kind;
    private final ChildProcess process;
    private final int port;

    /// Which one.
    public enum Kind {
        HIVEMQ("HiveMQ CE", "com.hivemq", "hivemq-community-edition-embedded", "2025.5"), //
        MOQUETTE("Moquette", "io.moquette", "moquette-broker", "0.17");

        private final String title;
        private final String group;
        private final String artifact;
        private final String version;

        Kind(String title, String group, String artifact, String version) {
            this.title = title;
            this.group = group;
            this.artifact = artifact;
            this.version = version;
        }
    }

    private JavaBroker(Kind kind, ChildProcess process, int port) {
        this.kind = kind;
        this.process = process;
        this.port = port;
    }

    /// Fetches it if need be, starts it on a free port and waits until it takes connections.
    ///
    /// @param folder for its jars, its configuration and its log
    public static JavaBroker start(Kind kind, Path folder) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve(kind.name()));
        fetch(kind, home);
        int port = Machine.freePort();
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(OPENED);
        command.addAll(switch (kind) {
            case HIVEMQ -> hiveMq(home, port);
            case MOQUETTE -> moquette(home, port);
        });
        ChildProcess process = ChildProcess.start(kind.title, command, Map.of(), home.resolve("log.txt"));
        JavaBroker broker = new JavaBroker(kind, process, port);
        Await.until(kind.title, START_MAX, Duration.ofMillis(100), broker::answers);
        return broker;
    }

    private static void fetch(Kind kind, Path home) throws IOException, InterruptedException {
        Path project = home.resolve("pom.xml");
        Files.writeString(project, """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>peer</groupId><artifactId>peer</artifactId><version>1</version>
                  <dependencies><dependency>
                    <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
                  </dependency></dependencies>
                </project>
                """.formatted(kind.group, kind.artifact, kind.version));
        Process maven = new ProcessBuilder("mvn", "-B", "-q", "-f", project.toString(),
                "dependency:copy-dependencies", "-DoutputDirectory=" + home.resolve("lib"))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("maven.log").toFile()).start();
        boolean done = maven.waitFor(FETCH_MAX.toMillis(), TimeUnit.MILLISECONDS);
        if (!done || maven.exitValue() != 0) {
            maven.destroy();
            throw new IOException(kind.title + " could not be fetched from Maven Central: "
                    + Files.readString(home.resolve("maven.log")).strip());
        }
    }

    // Without a login extension it takes nobody, unless told by a switch that only code can reach.
    private static List<String> hiveMq(Path home, int port) throws IOException {
        for (String folder : List.of("conf", "data", "log", "extensions")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("conf/config.xml"),
                """
                        <?xml version="1.0"?>
                        <hivemq>
                          <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
                          <persistence><mode>in-memory</mode></persistence>
                          <mqtt><receive-maximum><server-receive-maximum>65535</server-receive-maximum></receive-maximum></mqtt>
                          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                        </hivemq>
                        """
                        .formatted(port));
        Path starter = home.resolve("Start.java");
        Files.writeString(starter, """
                public class Start {
                    public static void main(String[] args) throws Exception {
                        com.hivemq.configuration.service.InternalConfigurations
                                .AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(false);
                        com.hivemq.HiveMQServer.main(args);
                    }
                }
                """);
        return List.of("-Dhivemq.home=" + home, "-cp", home.resolve("lib") + "/*", starter.toString());
    }

    private static List<String> moquette(Path home, int port) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/moquette.conf"), """
                port %d
                host 127.0.0.1
                allow_anonymous true
                persistence_enabled false
                telemetry_enabled false
                """.formatted(port));
        return List.of("-Dmoquette.path=" + home, "-cp", home.resolve("lib") + "/*",
                "io.moquette.broker.Server");
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
        return new Broker(kind.title, port, devices, Map.of("broker", new ProcessTree(process.pid())));
    }

    @Override
    public void close() {
        process.close();
    }
}
