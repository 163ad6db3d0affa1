package io.aftercare.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.fleet.Fleet;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.misbehaviour.MisbehaviourPlan;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.register.Registration;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A backend, the people who look into devices, and simulated devices that are switched on one by one. Everything goes
/// through HTTP and MQTT.
final class RemoteDesk implements AutoCloseable {
    private static final String PASSWORD = "staple battery horse";
    private static final String HASTY = "RT-91";
    private static final Pattern PORT = Pattern.compile("(?m)^port = '([0-9]+)'$");
    private static final Set<String> ENDS = Set.of("rejected", "succeeded", "failed", "timed-out", "expired",
            "cancelled");

    final BackendProcess backend;
    final StaffClient admin;
    final StaffClient agent;
    final StaffClient engineer;
    /// Another engineer, who approves.
    final StaffClient second;
    final StaffClient quality;
    final StaffClient coordinator;
    final StaffClient firmware;
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, Credential> credentials = new LinkedHashMap<>();

    private RemoteDesk(BackendProcess backend, Path folder) throws IOException, InterruptedException {
        this.backend = backend;
        this.folder = folder;
        admin = StaffClient.admin(backend.http());
        open.add(admin);
        agent = person("ann", "agent");
        engineer = person("erik", "engineer");
        second = person("eva", "engineer");
        quality = person("quinn", "quality");
        coordinator = person("cora", "coordinator");
        firmware = person("finn", "firmware");
    }

    /// @param folder for the data of the backend and of the devices
    static RemoteDesk open(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        BackendProcess backend = BackendProcess.start(folder.resolve("data"), settings);
        try {
            return new RemoteDesk(backend, folder);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            backend.close();
            throw e;
        }
    }

    private StaffClient person(String name, String role) throws IOException, InterruptedException {
        admin.post("/api/v1/users", Map.of("username", name, "password", PASSWORD, "roles", List.of(role),
                "region", "", "outlet", "")).expect(201);
        StaffClient client = new StaffClient(backend.http());
        open.add(client);
        return client.login(name, PASSWORD);
    }

    /// Makes a device known, without switching it on.
    void register(Kind kind, String id) throws IOException, InterruptedException {
        Registration registration = new Registration(staff());
        registration.product(kind.product());
        register(registration, kind.product().model(), id, kind);
    }

    private StaffApi staff() throws IOException, InterruptedException {
        return StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD);
    }

    private void register(Registration registration, String model, String id, Kind kind)
            throws IOException, InterruptedException {
        credentials.put(id, registration
                .devices(List.of(new Credential(id, model, "")), List.of(), kind.product().hardware())
                .getFirst());
    }

    /// A router of a model of which every action has to be answered within two seconds; it is on.
    void hastyRouter(String id, String... misbehaviours) throws IOException, InterruptedException {
        router(HASTY, id, misbehaviours);
    }

    /// The same of another model.
    void router(String model, String id, String... misbehaviours) throws IOException, InterruptedException {
        ObjectNode product = Kind.ROUTER.product().toJson().put("model", model);
        product.path("actions").forEach(each -> ((ObjectNode) each).put("timeoutSeconds", 2));
        StaffApi staff = staff();
        if (!staff.get("/products/" + model).ok()) {
            staff.post("/products", product).orFail();
        }
        register(new Registration(staff), model, id, Kind.ROUTER);
        switchOn(id, FaultPlan.NOTHING, misbehaviours);
    }

    /// Switches a known device on and waits until the backend has heard of its firmware.
    void switchOn(String id, FaultPlan faults, String... misbehaviours)
            throws IOException, InterruptedException {
        Fleet fleet = new Fleet(new Fleet.Setup(List.of(credential(id)),
                new Broker("127.0.0.1", backend.mqttPort()), backend.http(), TrustedKeys.read(List.of()), "",
                folder.resolve("devices"), new DeviceSettings(Duration.ofMillis(500), Duration.ofMillis(300),
                        1_000, Pace.SHOW, MisbehaviourPlan.parse(List.of(misbehaviours))),
                OtaSettings.USUAL, faults, 1));
        open.add(fleet);
        fleet.start();
        admin.await("/api/v1/devices/" + id, it -> !it.path("firmware").asText().isEmpty());
    }

    /// A device that is on.
    void device(Kind kind, String id, String... misbehaviours) throws IOException, InterruptedException {
        register(kind, id);
        switchOn(id, FaultPlan.NOTHING, misbehaviours);
    }

    private Credential credential(String id) {
        Credential who = credentials.get(id);
        if (who == null) {
            throw new IllegalArgumentException(id + " is not registered");
        }
        return who;
    }

    /// A case that a customer reports by phone; returns its id.
    String ticket(String device) throws IOException, InterruptedException {
        return agent.post("/api/v1/tickets",
                Map.of("device", device, "title", "Behaves oddly", "symptom", "Now and then it stops",
                        "channel",
                        "phone", "contact",
                        Map.of("name", "Li Wei", "phone", "+86 138 0000 0000", "email", "li@example.org")))
                .expect(201).path("id").asText();
    }

    /// Asks the customer to allow something for a case; returns the question.
    JsonNode consent(String ticket, String purpose) throws IOException, InterruptedException {
        JsonNode asked = agent.post("/api/v1/tickets/" + ticket + "/remote-consents",
                Map.of("purposes", List.of(purpose), "why", "It stops at night")).expect(201).path("items");
        return asked.get(asked.size() - 1);
    }

    /// Writes down that the customer said yes on the phone.
    void allowed(JsonNode question) throws IOException, InterruptedException {
        agent.send("POST", "/api/v1/tickets/" + question.path("ticket").asText() + "/remote-consents/"
                + question.path("id").asText() + "/answer",
                HttpRequest.BodyPublishers.ofString(
                        "{\"given\":true,\"channel\":\"phone\",\"note\":\"Ms Li: yes\",\"language\":\"en\"}"),
                Map.of("Content-Type", "application/json", "If-Match",
                        "\"" + question.path("version").asInt() + "\""))
                .expect(200);
    }

    /// Solves a case, speaks with the customer and closes it.
    void close(String ticket) throws IOException, InterruptedException {
        move(engineer, ticket, Map.of("to", "resolved", "rootCause", "A worn cable"));
        move(coordinator, ticket, Map.of("to", "verified", "verification", "It runs"));
        agent.post("/api/v1/tickets/" + ticket + "/comments",
                Map.of("text", "The customer is content", "contact", true)).expect(201);
        move(coordinator, ticket, Map.of("to", "closed"));
    }

    private static void move(StaffClient who, String ticket, Map<String, Object> move)
            throws IOException, InterruptedException {
        who.post("/api/v1/tickets/" + ticket + "/transitions", move).expect(200);
    }

    /// What is kept for a case that was closed is due now, and not in a month. Nobody can wait for that from outside.
    void monthPasses(String ticket) throws IOException, SQLException {
        Path postgres = folder.resolve("data").resolve("postgres");
        Matcher port = PORT.matcher(Files.readString(postgres.resolve("cluster").resolve("aftercare.conf")));
        if (!port.find()) {
            throw new IllegalStateException("no port of PostgreSQL in " + postgres);
        }
        try (Connection database = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port.group(1) + "/postgres", "aftercare",
                Files.readString(postgres.resolve("password")).strip());
                PreparedStatement update = database.prepareStatement(
                        "UPDATE service.data_purge SET due = due - interval '30 days' WHERE ticket = ?")) {
            update.setLong(1, Long.parseLong(ticket));
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("nothing is to be purged for case " + ticket);
            }
        }
    }

    /// An event that a device posts.
    void event(String device, JsonNode event) throws IOException, InterruptedException {
        try (StaffClient raw = new StaffClient(backend.http())) {
            raw.send("POST", "/device/v1/" + device + "/event",
                    HttpRequest.BodyPublishers.ofString(event.toString()),
                    Map.of("Content-Type", "application/json", "Authorization",
                            "Bearer " + credential(device).token()))
                    .expect(204);
        }
    }

    /// Asks a device for something.
    StaffClient.Answer ask(StaffClient who, String device, Map<String, Object> wish)
            throws IOException, InterruptedException {
        return who.post("/api/v1/devices/" + device + "/actions", wish);
    }

    /// Asks, and waits until it has ended.
    JsonNode done(StaffClient who, String device, Map<String, Object> wish)
            throws IOException, InterruptedException {
        return ended(ask(who, device, wish).expect(202).path("id").asText());
    }

    /// Waits until an action has ended.
    JsonNode ended(String action) throws IOException, InterruptedException {
        return admin.await("/api/v1/actions/" + action, it -> ENDS.contains(it.path("state").asText()));
    }

    /// What the audit says about somebody's deeds with an object, the newest first.
    List<JsonNode> audit(String object) throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        admin.get("/api/v1/audit?limit=200").expect(200).path("items").forEach(each -> {
            if (each.path("object").asText().contains(object)) {
                entries.add(each);
            }
        });
        return entries;
    }

    /// Asks again until the answer, which is no JSON, has these words in it.
    void awaitText(StaffClient who, String path, String words) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            StaffClient.Answer answer = who.get(path);
            answer.expect(200);
            String text = new String(answer.raw().body(), StandardCharsets.UTF_8);
            if (text.contains(words)) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(path + " never had " + words + ": " + text);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        backend.close();
    }
}
