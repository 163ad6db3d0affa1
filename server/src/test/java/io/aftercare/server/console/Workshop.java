package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;

/// What service work needs before anybody is sent: a model with its standard, engineers with certificates, a part, a store and a van.
final class Workshop {
    static final int STORED = 5;
    private static final String PASSING = "engineer-test";
    private static final Map<String, Double> SHANGHAI = Map.of("lat", 31.2, "lon", 121.4);
    private static final Map<String, Double> BEIJING = Map.of("lat", 39.9, "lon", 116.4);

    final String model;
    final String part;
    final String store;
    final String van;
    /// An engineer who lives far away.
    final String distant;
    private final ConsoleWorld world;

    private Workshop(ConsoleWorld world) {
        this.world = world;
        this.model = world.fresh("SV");
        this.part = world.fresh("FUSER");
        this.store = world.fresh("MAIN");
        this.van = world.fresh("VAN");
        this.distant = world.fresh("pat");
    }

    static Workshop open(ConsoleWorld world) throws IOException, InterruptedException {
        Workshop shop = new Workshop(world);
        StaffClient admin = world.admin();
        admin.post("/api/v1/users",
                Map.of("username", shop.distant, "password", ConsoleWorld.PASSWORD, "roles",
                        List.of("engineer")))
                .expect(201);
        admin.post("/api/v1/certification-standards",
                Map.of("model", shop.model, "theoryPass", 60, "practicalPass", 60, "why", "First"))
                .expect(201);
        shop.certified(PASSING, SHANGHAI);
        shop.certified(shop.distant, BEIJING);
        admin.post("/api/v1/parts", Map.of("code", shop.part, "name", Map.of("zh", "定影器", "en", "Fuser unit"),
                "class", "core", "genuine", true, "purchasePrice", 180)).expect(201);
        shop.place(shop.store, "warehouse", "");
        shop.place(shop.van, "van", PASSING);
        admin.post("/api/v1/stock-movements", Map.of("part", shop.part, "from", "supplier", "to", shop.store,
                "quantity", STORED, "reason", "receive", "reference", "DN-1")).expect(201);
        return shop;
    }

    private void certified(String engineer, Map<String, Double> home)
            throws IOException, InterruptedException {
        StaffClient admin = world.admin();
        int made = admin.post("/api/v1/engineers", Map.of("name", engineer, "level", "senior", "skills",
                List.of(model), "home", home)).status();
        if (made == 409) {
            JsonNode known = admin.get("/api/v1/engineers/" + engineer).expect(200);
            Set<String> skills = new TreeSet<>(Set.of(model));
            known.path("skills").forEach(skill -> skills.add(skill.asText()));
            admin.send("PATCH", "/api/v1/engineers/" + engineer,
                    HttpRequest.BodyPublishers.ofString(Json.text(Map.of("skills", skills, "home", home))),
                    Map.of("Content-Type", "application/json", "If-Match", known.path("version").asText()))
                    .expect(200);
        } else {
            assertThat(made).isEqualTo(201);
        }
        try (StaffClient quality = world.staff("quality");
                StaffClient coordinator = world.staff("coordinator")) {
            String id = quality.post("/api/v1/certifications", Map.of("engineer", engineer, "model", model))
                    .expect(201).path("id").asText();
            coordinator
                    .post("/api/v1/certifications/" + id + "/review", Map.of("theory", 88, "practical", 91))
                    .expect(200);
            quality.post("/api/v1/certifications/" + id + "/issue", Map.of()).expect(200);
        }
    }

    private void place(String code, String kind, String engineer) throws IOException, InterruptedException {
        Map<String, String> place = engineer.isEmpty()
                ? Map.of("code", code, "kind", kind, "name", "Place " + code)
                : Map.of("code", code, "kind", kind, "name", "Place " + code, "engineer", engineer);
        world.admin().post("/api/v1/stock-locations", place).expect(201);
    }

    /// A case about a device of the model, for whose repair nobody pays.
    ///
    /// @return its id
    String ticket(String title) throws IOException, InterruptedException {
        String ticket = world.ticket(world.device(model).id, title);
        assertThat(world.admin().post("/api/v1/tickets/" + ticket + "/charge-waiver",
                Map.of("reason", "about the work alone")).status()).isEqualTo(204);
        return ticket;
    }

    /// A draft of a visit for a case, in Shanghai.
    JsonNode visit(String ticket, String task) throws IOException, InterruptedException {
        return world.admin().post("/api/v1/tickets/" + ticket + "/work-orders",
                Map.of("type", "on-site", "task", task, "site", SHANGHAI)).expect(201);
    }

    /// Has one piece of the part given out for a case, into the van.
    void giveOut(String ticket) throws IOException, InterruptedException {
        try (StaffClient engineer = world.staff("engineer")) {
            String requisition = "/api/v1/requisitions/" + engineer.post("/api/v1/requisitions",
                    Map.of("ticket", ticket, "from", store, "to", van, "lines",
                            List.of(Map.of("part", part, "quantity", 1))))
                    .expect(201).path("id").asText() + "/transitions";
            engineer.post(requisition, Map.of("to", "submitted")).expect(200);
            for (String step : List.of("approved", "issued")) {
                world.admin().post(requisition, Map.of("to", step)).expect(200);
            }
        }
    }
}
