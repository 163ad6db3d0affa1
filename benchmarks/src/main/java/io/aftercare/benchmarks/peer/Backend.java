package io.aftercare.benchmarks.peer;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.ChildProcess;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.ProcessTree;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `aftercare.jar serve` as its users run it: a process of its own with its embedded PostgreSQL, on free ports of loopback.
public final class Backend implements AutoCloseable {
    // The first start unpacks PostgreSQL and makes a cluster: on a machine that is busy otherwise, minutes.
    private static final Duration START_MAX = Duration.ofMinutes(5);
    /// Of its administrator, `admin`.
    public static final String PASSWORD = "benchmark-only";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    // What the jar's launcher sets too.
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED");

    private final ChildProcess process;
    private final Path data;
    private final int httpPort;
    private final int mqttPort;
    private final Duration startLength;

    private Backend(ChildProcess process, Path data, int httpPort, int mqttPort, Duration startLength) {
        this.process = process;
        this.data = data;
        this.httpPort = httpPort;
        this.mqttPort = mqttPort;
        this.startLength = startLength;
    }

    /// How a backend is started.
    ///
    /// @param jar  aftercare.jar
    /// @param data its data directory; one that an earlier backend left is gone on with
    /// @param log  where its output goes
    /// @param jvm  more options of its JVM, such as a flight recorder's
    /// @param settings more environment variables
    public record Setup(Path jar, Path data, Path log, List<String> jvm, Map<String, String> settings) {
        public Setup(Path jar, Path data, Path log, List<String> jvm) {
            this(jar, data, log, jvm, Map.of());
        }
    }

    /// Starts one and waits until it says that it is ready.
    public static Backend start(Setup setup) throws IOException, InterruptedException {
        int http = Machine.freePort();
        int mqtt = Machine.freePort();
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(JVM_OPTIONS);
        command.addAll(setup.jvm());
        command.addAll(List.of("-jar", setup.jar().toString(), "serve"));
        Map<String, String> environment = new HashMap<>(setup.settings());
        environment.putAll(Map.of("AFTERCARE_HTTP_PORT", Integer.toString(http),
                "AFTERCARE_MQTT_PORT", Integer.toString(mqtt), "AFTERCARE_DATA_DIR", setup.data().toString(),
                "AFTERCARE_ADMIN_PASSWORD", PASSWORD));
        ChildProcess process = ChildProcess.start("aftercare", command, environment, setup.log());
        try {
            long nanos = Await.until("a ready backend", START_MAX, Duration.ofMillis(10),
                    () -> ready(process, http));
            return new Backend(process, setup.data(), http, mqtt, Duration.ofNanos(nanos));
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private static boolean ready(ChildProcess process, int port) throws IOException, InterruptedException {
        process.requireAlive();
        HttpRequest request = HttpRequest.newBuilder(URI.create(http(port) + "/health/ready"))
                .timeout(Duration.ofSeconds(5)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static String http(int port) {
        return "http://" + Broker.HOST + ":" + port;
    }

    /// The staff's interface, as the administrator.
    public StaffApi login() throws IOException, InterruptedException {
        return StaffApi.login(http(httpPort), "admin", PASSWORD);
    }

    /// The staff's interface, as somebody else.
    public StaffApi login(String user, String password) throws IOException, InterruptedException {
        return StaffApi.login(http(httpPort), user, password);
    }

    public int httpPort() {
        return httpPort;
    }

    public Postgres postgres() throws IOException {
        return Postgres.of(data.resolve("postgres"));
    }

    /// From the start of the process to the first "ready".
    public Duration startLength() {
        return startLength;
    }

    public int mqttPort() {
        return mqttPort;
    }

    public ProcessTree process() {
        return new ProcessTree(process.pid());
    }

    public Broker broker(List<Credential> devices) throws IOException {
        return new Broker("Aftercare", mqttPort, devices,
                Map.of("backend", process(), "postgres", postgres().processes()));
    }

    @Override
    public void close() {
        process.close();
    }
}
