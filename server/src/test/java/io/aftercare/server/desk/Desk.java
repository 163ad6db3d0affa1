package io.aftercare.server.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A backend and the people of a service desk, each logged in: an agent, an engineer, a coordinator who manages, one who
/// judges quality. Everything they do goes through the staff's HTTP interface.
final class Desk implements AutoCloseable {
    static final String MODEL = "LP-2000";
    private static final String PASSWORD = "staple battery horse";

    final BackendProcess backend;
    final StaffClient admin;
    final StaffClient agent;
    final StaffClient engineer;
    final StaffClient coordinator;
    final StaffClient quality;
    private final List<StaffClient> people = new ArrayList<>();

    private Desk(BackendProcess backend) throws IOException, InterruptedException {
        this.backend = backend;
        this.admin = StaffClient.admin(backend.http());
        people.add(admin);
        this.agent = person("ann", "agent");
        this.engineer = person("erik", "engineer");
        this.coordinator = person("cora", "coordinator");
        this.quality = person("quinn", "quality");
        admin.post("/api/v1/products",
                Map.of("model", MODEL, "name", "Laser printer", "metrics", List.of(), "actions", List.of()))
                .expect(201);
    }

    /// @param folder for the backend's data
    static Desk open(Path folder) throws IOException, InterruptedException {
        BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
        try {
            return new Desk(backend);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            backend.close();
            throw e;
        }
    }

    /// Logs in somebody more, who has this one role.
    StaffClient person(String name, String role) throws IOException, InterruptedException {
        admin.post("/api/v1/users", Map.of("username", name, "password", PASSWORD, "roles", List.of(role),
                "region", "", "outlet", "")).expect(201);
        StaffClient client = new StaffClient(backend.http());
        people.add(client);
        return client.login(name, PASSWORD);
    }

    /// A device that was bought on a day.
    void device(String serial, LocalDate purchased) throws IOException, InterruptedException {
        admin.post("/api/v1/devices", Map.of("id", serial, "model", MODEL, "purchased", purchased.toString(),
                "region", "north", "customer", "Acme")).expect(201);
    }

    /// A case that a customer reports by phone.
    ///
    /// @return as the agent sees it
    JsonNode report(String serial, String title, String symptom) throws IOException, InterruptedException {
        return agent.post("/api/v1/tickets",
                Map.of("device", serial, "title", title, "symptom", symptom, "channel", "phone", "contact",
                        Map.of("name", "Li Wei", "phone", "+86 138 0000 0000", "email", "li@example.org")))
                .expect(201);
    }

    /// The case as it is now.
    JsonNode ticket(JsonNode known) throws IOException, InterruptedException {
        return agent.get("/api/v1/tickets/" + known.path("id").asText()).expect(200);
    }

    /// A change that must name the version it starts from.
    StaffClient.Answer change(StaffClient who, String method, String path, int version, String json)
            throws IOException, InterruptedException {
        return who.send(method, path, HttpRequest.BodyPublishers.ofString(json),
                Map.of("Content-Type", "application/json", "If-Match", "\"" + version + "\""));
    }

    @Override
    public void close() throws IOException {
        people.forEach(StaffClient::close);
        backend.close();
    }
}
