package io.aftercare.simulator.demo;

import io.aftercare.simulator.VersionOfJar;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.PlainDevice;
import io.aftercare.simulator.fleet.Fleet;
import io.aftercare.simulator.host.HostDevice;
import io.aftercare.simulator.house.House;
import io.aftercare.simulator.house.TemporaryFolder;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.register.Registration;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `demo`: starts a backend, a fleet and the people around them, and shows the loop close (fault, ticket, signed fix, campaign,
/// proof, resolved), or a bad firmware being caught and rolled back. Uses nothing of the backend but its contract.
@Command(name = "demo", mixinStandardHelpOptions = true, versionProvider = VersionOfJar.class, description = "Shows the whole loop: a printer overheats, a ticket opens, a signed fix goes out, telemetry proves it, the ticket resolves. Or a bad firmware that telemetry catches.")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration READY_MAX = Duration.ofSeconds(90);

    @Option(names = "--server-jar", required = true, description = "the backend's jar, aftercare.jar")
    Path serverJar = Path.of("");

    @Option(names = "--data-dir", description = "where the backend keeps its data (default: a temporary folder, removed at the end)")
    @Nullable
    Path dataFolder;

    @Option(names = "--scenario", defaultValue = "loop", paramLabel = "WORD", description = "what to show: loop, or bad-firmware for one that telemetry catches at the canary stage (default ${DEFAULT-VALUE})")
    String scenarioWord = "loop";

    @Option(names = "--with-house", description = "when the story has ended, fill the backend with a month of a small maker's after-sales work, so that the console is full of life")
    boolean withHouse;

    @Option(names = "--exit-when-done", description = "end once the story has ended, instead of staying up")
    boolean exitWhenDone;

    @Option(names = "--timeout", defaultValue = "150", paramLabel = "SECONDS", description = "give up when the story has not ended by then (default ${DEFAULT-VALUE})")
    long timeoutSeconds;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(serverJar)) {
            throw new IllegalArgumentException("there is no " + serverJar + ": build it with mvn package");
        }
        if (dataFolder != null && isUsed(dataFolder)) {
            throw new IllegalArgumentException(
                    "--data-dir " + dataFolder
                            + " is not empty: the demo needs a new one, since it sets the password");
        }
        Scenario scenario = Scenario.parse(scenarioWord);
        // the story is told by the narrator; of the devices only what worries them
        ((Logger) LoggerFactory.getLogger("io.aftercare.simulator")).setLevel(Level.WARN);
        Narrator narrator = new Narrator(
                Objects.requireNonNull(spec, "set by picocli").commandLine().getOut());
        CountDownLatch over = new CountDownLatch(1);
        Stage stage = new Stage(narrator);
        Thread onExit = new Thread(stage::close, "demo-stop");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            Guest guest = show(stage, narrator, scenario);
            narrator.summary(scenario.ending());
            narrator.plain("");
            narrator.plain(
                    "  Console   " + guest.address + "/      user admin      password " + guest.password);
            if (withHouse) {
                fill(stage, narrator, guest);
            }
            if (!exitWhenDone) {
                narrator.plain("  The fleet and the backend go on running; Ctrl-C stops everything.");
                over.await();
            }
            return 0;
        } catch (DemoException e) {
            if (!stage.isClosing()) {
                narrator.say("STOPPED: " + e.getMessage());
            }
            return 1;
        } finally {
            stage.close();
        }
    }

    private static boolean isUsed(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isPresent();
        }
    }

    /// Who may look around afterwards.
    private record Guest(String address, String password, Broker broker, Path folder) {}

    /// Life for the console. The story has been told by then: where this fails, the console stays up, and says what there is.
    private static void fill(Stage stage, Narrator narrator, Guest guest) throws InterruptedException {
        narrator.say("the console is being filled with a working house; look in already");
        try {
            StaffApi admin = StaffApi.login(guest.address, "admin", guest.password);
            if (admin.get("/rules/wan-slow").ok()) {
                // from here on people restart a link that hangs, not the rule of the story
                admin.post("/rules/wan-slow/park").orFail();
            }
            House house = stage.keep(new House(
                    new House.Setup(guest.address, guest.broker, admin, guest.password,
                            Files.createDirectories(guest.folder.resolve("house")), 1, false),
                    narrator::say));
            Map<String, Integer> made = house.build();
            narrator.say(made.values().stream().mapToInt(Integer::intValue).sum()
                    + " things were made; people of the house such as lin, grace, ada and qian have admin's password");
        } catch (IOException e) {
            if (!stage.isClosing()) {
                narrator.say("the house could not be finished: " + e.getMessage());
            }
        }
    }

    private Guest show(Stage stage, Narrator narrator, Scenario scenario)
            throws IOException, InterruptedException, DemoException {
        Path folder = stage.keep(TemporaryFolder.named("aftercare-demo-")).path();
        int httpPort = Ports.freeNear(8080);
        int mqttPort = Ports.freeNear(1883);
        String password = secret();
        Path data = dataFolder == null ? folder.resolve("data") : dataFolder;
        Backend backend = stage.keep(Backend.start(serverJar, folder.resolve("backend.log"), httpPort,
                Map.of("AFTERCARE_HTTP_PORT", "" + httpPort, "AFTERCARE_MQTT_PORT", "" + mqttPort,
                        "AFTERCARE_BIND",
                        "127.0.0.1", "AFTERCARE_DATA_DIR", data.toString(), "AFTERCARE_ADMIN_PASSWORD",
                        password)));
        narrator.say("the backend starts with its own PostgreSQL; HTTP " + httpPort + ", MQTT " + mqttPort);
        FirmwareTeam team = new FirmwareTeam(serverJar,
                Files.createDirectories(folder.resolve("firmware-team")));
        Path trusted = team.makeKeys();
        backend.awaitReady(READY_MAX);
        try {
            play(scenario, stage, narrator, folder, backend, mqttPort, password, team, trusted);
        } catch (DemoException | IOException e) {
            throw new DemoException(e.getMessage() + "\nThe backend's last lines:\n" + backend.lastLines());
        }
        return new Guest(backend.http(), password, new Broker("127.0.0.1", mqttPort), folder);
    }

    private void play(Scenario scenario, Stage stage, Narrator narrator, Path folder, Backend backend,
            int mqttPort,
            String password,
            FirmwareTeam team, Path trusted) throws IOException, InterruptedException, DemoException {
        narrator.say("the backend is ready; console at " + backend.http() + "/ (user admin, password "
                + password + ")");
        StaffApi admin = StaffApi.login(backend.http(), "admin", password);
        Registration registration = new Registration(admin);
        List<Credential> devices = devices(registration, scenario);
        StaffApi author = person(backend, admin, "demo-author", "firmware", "release-approver", "engineer");
        StaffApi approver = person(backend, admin, "demo-approver", "release-approver", "quality");
        signingKey(author, team);
        rule(admin, "fuser-overheat");
        NoVisit.prepare(author, approver);
        rule(admin, "wan-slow");
        narrator.say("the rule " + Story.CODE
                + " watches every printer; the release key is known, its private half is not");
        fleet(scenario, stage, folder, backend, mqttPort, devices, trusted);
        narrator.say(devices.size() + " devices are switched on; " + scenario.opening());
        scenario.play(new Cast(admin, author, approver, team, narrator, Duration.ofSeconds(timeoutSeconds)));
    }

    private static List<Credential> devices(Registration registration, Scenario scenario)
            throws IOException, InterruptedException {
        List<Credential> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            registration.product(kind.product());
            int count = scenario.count(kind);
            List<Credential> wanted = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                wanted.add(new Credential("%s-%04d".formatted(kind.product().model(), i),
                        kind.product().model(), ""));
            }
            all.addAll(registration.devices(wanted, List.of(), kind.product().hardware()));
        }
        registration.product(HostDevice.product());
        all.addAll(registration.devices(List.of(new Credential("this-computer", "host", "")), List.of(), ""));
        return all;
    }

    private static void fleet(Scenario scenario, Stage stage, Path folder, Backend backend, int mqttPort,
            List<Credential> devices,
            Path trusted) throws IOException, InterruptedException {
        Broker broker = new Broker("127.0.0.1", mqttPort);
        OtaSettings ota = new OtaSettings(false, OtaSettings.USUAL.chunkBytes(), Duration.ofSeconds(1),
                Duration.ofSeconds(1), OtaSettings.USUAL.deferral());
        Fleet fleet = stage.keep(new Fleet(new Fleet.Setup(
                devices.stream().filter(each -> !each.model().equals("host")).toList(), broker,
                URI.create(backend.http()), TrustedKeys.read(List.of(FirmwareTeam.KEY_NAME + "=" + trusted)),
                "",
                folder.resolve("devices"), DeviceSettings.USUAL, ota,
                scenario.faults(), 1)));
        fleet.start();
        PlainDevice host = stage.keep(HostDevice.create(
                new PlainDevice.Backend(broker, URI.create(backend.http())), devices.getLast(),
                Duration.ofSeconds(2)));
        Thread.ofVirtual().name("this-computer").start(() -> {
            try {
                host.start("demo started");
                host.sampleForever();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static StaffApi person(Backend backend, StaffApi admin, String name, String... roles)
            throws IOException, InterruptedException {
        String password = secret();
        ObjectNode user = new ObjectMapper().createObjectNode().put("username", name).put("password",
                password);
        var list = user.putArray("roles");
        List.of(roles).forEach(list::add);
        admin.post("/users", user).orFail();
        return StaffApi.login(backend.http(), name, password);
    }

    private static void signingKey(StaffApi author, FirmwareTeam team)
            throws IOException, InterruptedException {
        author.post("/signing-keys", new ObjectMapper().createObjectNode().put("name", FirmwareTeam.KEY_NAME)
                .put("publicKey", team.publicKey())).orFail();
    }

    private static void rule(StaffApi admin, String name) throws IOException, InterruptedException {
        try (InputStream in = Objects
                .requireNonNull(DemoCommand.class.getResourceAsStream(name + ".yaml"))) {
            admin.put("/rules/" + name, "application/yaml",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)).orFail();
        }
    }

    private static String secret() {
        byte[] bytes = new byte[9];
        new SecureRandom().nextBytes(bytes);
        return "Demo-" + HexFormat.of().formatHex(bytes);
    }
}
