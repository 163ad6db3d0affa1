package io.aftercare.server.console;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A small API of the contract's shape: one printer, its case, its campaign, and a stream of events that a test can write to. It
/// can be told to fail, which the real one cannot.
///
/// Thread-safe.
final class PretendApi {
    static final String PASSWORD = "right";
    private final Instant start = Instant.now();

    private final Map<String, JsonObject> tickets = new ConcurrentHashMap<>();
    private final List<HttpServerResponse> readers = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private volatile String campaign = "awaiting-approval";
    private volatile JsonObject deployment = new JsonObject().put("device", "PRN-1").put("state",
            "downloading");
    private volatile JsonObject release = release();

    PretendApi() {
        put(ticket("1", "Fuser overheating", "new"));
    }

    /// Adds the answers to a router.
    void mount(Router router) {
        router.route("/api/v1/*").handler(BodyHandler.create(false)).handler(this::admit);
        router.get("/api/v1/session").handler(context -> context.json(session()));
        router.post("/api/v1/session").handler(context -> {
            context.response().putHeader("Set-Cookie",
                    "aftercare_session=s; HttpOnly; SameSite=Strict; Path=/");
            context.json(session());
        });
        router.delete("/api/v1/session").handler(context -> context.response().setStatusCode(204)
                .putHeader("Set-Cookie", "aftercare_session=; Max-Age=0; Path=/").end());
        router.get("/api/v1/events").handler(this::events);
        router.get("/api/v1/tickets")
                .handler(context -> context.json(page(tickets.values().stream()
                        .filter(one -> context.queryParam("dispatch").isEmpty()
                                || one.getValue("dispatch") != null)
                        .toList())));
        router.get("/api/v1/tickets/:id")
                .handler(context -> context.json(known(context)));
        router.post("/api/v1/tickets/:id/comments").handler(this::comment);
        router.post("/api/v1/tickets/:id/transitions").handler(this::move);
        router.get("/api/v1/devices").handler(context -> context.json(page(List.of(device()))));
        router.get("/api/v1/devices/:id").handler(context -> context.json(device()));
        router.get("/api/v1/devices/:id/telemetry/latest")
                .handler(context -> context.json(new JsonObject().put("values",
                        new JsonObject().put("fuser_temp", new JsonObject().put("value", 190.5)))));
        router.get("/api/v1/devices/:id/telemetry").handler(context -> context.json(telemetry()));
        router.get("/api/v1/devices/:id/forecasts").handler(context -> context.json(page(List.of(
                new JsonObject().put("metric", "toner_pct").put("limit", 5).put("confidence", 0.9)
                        .put("earliest", "2026-12-09T00:00:00Z").put("estimate", "2026-12-11T12:00:00Z")
                        .put("latest", "2026-12-14T00:00:00Z")))));
        router.get("/api/v1/devices/:id/timeline").handler(context -> context.json(page(List.of())));
        router.get("/api/v1/products/:model").handler(context -> context.json(new JsonObject()));
        router.get("/api/v1/campaigns").handler(context -> context.json(page(List.of(campaign()))));
        router.get("/api/v1/campaigns/:id").handler(context -> context.json(campaign()));
        router.get("/api/v1/campaigns/:id/health").handler(context -> context.json(health()));
        router.get("/api/v1/campaigns/:id/devices")
                .handler(context -> context.json(page(List.of(deployment))));
        router.post("/api/v1/campaigns/:id/devices/:device/cancel").handler(context -> {
            deployment = deployment.copy().put("state", "cancelled").put("outcome", "none")
                    .put("error", new JsonObject(context.body().buffer()).getString("reason"));
            context.json(deployment);
        });
        router.post("/api/v1/campaigns/:id/devices/:device/retry").handler(context -> {
            deployment = new JsonObject().put("device", "PRN-1").put("state", "pending");
            context.json(deployment);
        });
        router.post("/api/v1/campaigns/:id/approve").handler(context -> {
            campaign = "approved";
            context.json(campaign());
        });
        router.post("/api/v1/campaigns/:id/start").handler(context -> {
            campaign = "running";
            context.json(campaign());
        });
        mountFirmware(router);
        router.get("/api/v1/incidents")
                .handler(context -> context.json(page(List.of(incident().put("members", 6)))));
        router.get("/api/v1/incidents/:id").handler(context -> context.json(incident()));
        router.get("/api/v1/faults").handler(context -> context.json(page(List.of(
                fault().put("incident", "I1").put("lastSeen", start.toString())
                        .put("acknowledged", new JsonObject().put("by", "ann").put("note", "fan ordered"))
                        .put("hold", new JsonObject().put("kind", "maintenance").put("reason",
                                "maintenance until tomorrow: new fan"))))));
        router.get("/api/v1/*").handler(context -> context.json(page(List.of())));
    }

    private void mountFirmware(Router router) {
        router.get("/api/v1/releases").handler(context -> context.json(page(List.of(release))));
        router.get("/api/v1/releases/:id").handler(context -> context.json(release));
        router.post("/api/v1/releases/:id/withdraw").handler(context -> {
            release = release.copy().put("withdrawal", new JsonObject().put("at", start.toString())
                    .put("by", "admin")
                    .put("reason", new JsonObject(context.body().buffer()).getString("reason")));
            context.json(release);
        });
        String print = "0123456789abcdef".repeat(4);
        JsonObject role = new JsonObject().put("threshold", 2)
                .put("keyids", new JsonArray().add("ann").add("bob").add("eve"));
        router.get("/api/v1/roots").handler(context -> context.json(page(List.of(new JsonObject()
                .put("version", 2).put("expires", "2099-11-01T00:00:00Z")
                .put("keys", new JsonObject().put("ann", print))
                .put("roles", new JsonObject().put("root", role).put("release", role))))));
        router.get("/api/v1/signing-keys").handler(context -> context.json(page(List.of(new JsonObject()
                .put("name", "lab").put("fingerprint", print).put("addedBy", "fiona")
                .put("addedAt", start.toString()).put("revokedAt", start.toString())))));
        router.get("/api/v1/assignment-keys").handler(context -> context.json(page(List.of(new JsonObject()
                .put("name", "online-1").put("fingerprint", print).put("signs", true)))));
    }

    private JsonObject release() {
        return new JsonObject().put("id", "R1").put("product", "LP-2000").put("version", "4.2.0")
                .put("counter", 42).put("size", 16_000_000).put("key", "ann, bob")
                .put("uploadedAt", start.toString()).put("uploadedBy", "fiona")
                .put("expires", "2099-11-01T00:00:00Z")
                .put("fixing", new JsonObject().put("devices", 3).put("faults", 4).put("tickets", 2));
    }

    private JsonObject incident() {
        return new JsonObject().put("id", "I1").put("title", "HOT on LP-2000 with firmware 2.4.0")
                .put("code", "HOT").put("model", "LP-2000").put("state", "open").put("openMembers", 5)
                .put("openedAt", start.toString()).put("text", "6 of 20 devices with firmware 2.4.0 (30 %)")
                .put("suspect", new JsonObject().put("dimension", "firmware").put("value", "2.4.0"))
                .put("members", new JsonArray().add(fault().put("device", "PRN-1").put("firmware", "2.4.0")
                        .put("ticket", "1").put("joinedAt", start.toString())));
    }

    private static JsonObject fault() {
        return new JsonObject().put("code", "HOT").put("state", "suppressed").put("severity", "major")
                .put("count", 1);
    }

    void breakDown(boolean now) {
        broken = now;
    }

    /// Opens a case and tells it to the stream.
    void open(String id, String title) {
        put(ticket(id, title, "new"));
        tell("ticket.changed", new JsonObject().put("id", id));
    }

    /// Opens a case that waits for somebody to be sent.
    void send(String id, String title) {
        put(ticket(id, title, "reopened").put("dispatch",
                new JsonObject().put("since", start.toString()).put("why", "4.2.0 did not hold")));
    }

    /// Tells an event to every reader.
    void tell(String name, JsonObject data) {
        readers.forEach(
                reader -> reader.write("event: " + name + "\ndata: " + data.encode() + "\n\n"));
    }

    private JsonObject known(RoutingContext context) {
        return Objects.requireNonNull(tickets.get(context.pathParam("id")));
    }

    private void put(JsonObject ticket) {
        tickets.put(ticket.getString("id"), ticket);
    }

    private void admit(RoutingContext context) {
        boolean login = context.normalizedPath().endsWith("/session")
                && "POST".equals(context.request().method().name());
        if (broken) {
            problem(context, 500, "Something broke here", "c0ffee");
        } else if (login && !String.valueOf(context.body().asString()).contains(PASSWORD)) {
            problem(context, 401, "User name or password is wrong", "none");
        } else if (!login && context.request().getCookie("aftercare_session") == null) {
            problem(context, 401, "Sign in first", "none");
        } else if (!login && !"GET".equals(context.request().method().name())
                && !"csrf-token".equals(context.request().getHeader("X-CSRF-Token"))) {
            problem(context, 403, "The CSRF token is missing", "none");
        } else {
            context.next();
        }
    }

    private static void problem(RoutingContext context, int status, String detail, String correlation) {
        context.response().setStatusCode(status).putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject().put("status", status).put("title", "Refused").put("detail", detail)
                        .put("correlationId", correlation).encode());
    }

    private void events(RoutingContext context) {
        HttpServerResponse response = context.response().setChunked(true)
                .putHeader("Content-Type", "text/event-stream");
        response.write("event: ping\ndata: {}\n\n");
        response.closeHandler(_ -> readers.remove(response));
        readers.add(response);
    }

    private void comment(RoutingContext context) {
        JsonObject ticket = known(context);
        JsonArray timeline = ticket.getJsonArray("timeline").copy();
        timeline.add(entry("comment", new JsonObject(context.body().buffer()).getString("text")));
        put(ticket.copy().put("timeline", timeline));
        context.response().setStatusCode(201);
        context.json(ticket);
    }

    private void move(RoutingContext context) {
        JsonObject asked = new JsonObject(context.body().buffer());
        JsonObject ticket = known(context).copy();
        put(ticket.put("state", asked.getString("to")).put("rootCause", asked.getString("rootCause"))
                .put("transitions", new JsonArray().add("verified")));
        context.json(ticket);
    }

    private static JsonObject session() {
        return new JsonObject().put("csrf", "csrf-token").put("user",
                new JsonObject().put("username", "admin").put("roles", new JsonArray().add("admin")));
    }

    private JsonObject ticket(String id, String title, String state) {
        return new JsonObject().put("id", id).put("number", "T-00000" + id).put("device", "PRN-1")
                .put("title", title).put("state", state).put("priority", "P1").put("origin", "proactive")
                .put("openedAt", start.toString()).put("version", 1)
                .put("transitions", new JsonArray().add("in-progress").add("waiting-parts").add("resolved"))
                .put("timeline", new JsonArray().add(entry("fault", "fuser_temp 214.6")))
                .put("evidence",
                        new JsonObject().put("metrics", new JsonArray().add("fuser_temp"))
                                .put("from", start.minusSeconds(300).toString()).put("threshold",
                                        new JsonObject().put("fuser_temp",
                                                new JsonObject().put("high", 210))));
    }

    private JsonObject entry(String kind, String text) {
        return new JsonObject().put("at", start.toString()).put("kind", kind).put("actor", "admin").put(
                "text",
                text);
    }

    private JsonObject device() {
        return new JsonObject().put("id", "PRN-1").put("model", "LP-2000").put("state", "active")
                .put("firmware", "4.1.0").put("connected", true).put("lastSeen", start.toString());
    }

    private JsonObject telemetry() {
        JsonArray points = new JsonArray();
        for (int second = 600; second >= 0; second -= 10) {
            points.add(new JsonArray().add(start.minusSeconds(second).toEpochMilli()).add(189).add(190.5)
                    .add(192).add(10));
        }
        return new JsonObject().put("series",
                new JsonArray().add(new JsonObject().put("metric", "fuser_temp").put("points", points)));
    }

    private JsonObject campaign() {
        return new JsonObject().put("id", "C1").put("name", "Fan curve").put("state", campaign)
                .put("release", "R1").put("author", "fiona")
                .put("counts", new JsonObject().put("downloading", 1).put("confirmed", 3)).put("stages",
                        new JsonArray().add(new JsonObject().put("percent", 100).put("total", 4)
                                .put("confirmed", 3).put("failed", 0).put("state", "running")));
    }

    private static JsonObject health() {
        Instant begin = Instant.now().minusSeconds(600);
        JsonArray shares = new JsonArray();
        JsonArray temperatures = new JsonArray();
        for (int i = 0; i <= 60; i++) {
            String at = begin.plusSeconds(10L * i).toString();
            shares.add(
                    new JsonObject().put("at", at).put("updated", Math.max(0, i - 25) / 50.0).put("waiting",
                            i > 40 ? 0.02 : 0));
            temperatures.add(new JsonObject().put("at", at).put("updated", 188 + Math.max(0, i - 20) * 0.4)
                    .put("waiting", 188 + Math.sin(i / 5.0)));
        }
        return new JsonObject().put("campaign", "C1").put("alpha", 0.01).put("spent", 0.0021)
                .put("verdict", "worse").put("stage", 1).put("at", Instant.now().toString()).put("updated", 5)
                .put("waiting", 95).put("looks", new JsonArray())
                .put("comparisons", new JsonArray()
                        .add(compared("fault", "FUSER_OVERHEAT", side(5, 5, 1, 0.566, 1),
                                side(95, 1, 0.01, 0.002, 0.057), 7.97e-8, "worse"))
                        .add(compared("metric", "fuser_temp", side(5, 5, 12.4, 9.8, 15),
                                side(95, 95, 0.2, -0.1, 0.5), 1.3e-8, "worse").put("worse", "higher"))
                        .add(compared("fault", "PAPER_JAM", side(5, 0, 0, 0, 0.43),
                                side(95, 2, 0.02, 0.006, 0.07),
                                1, "too-few")))
                .put("series", new JsonArray()
                        .add(new JsonObject().put("kind", "fault").put("name", "any").put("points", shares))
                        .add(new JsonObject().put("kind", "metric").put("name", "fuser_temp")
                                .put("points", temperatures)));
    }

    private static JsonObject compared(String kind, String name, JsonObject updated, JsonObject waiting,
            double p,
            String verdict) {
        return new JsonObject().put("kind", kind).put("names", new JsonArray().add(name))
                .put("updated", updated)
                .put("waiting", waiting).put("p", p).put("level", 0.0007).put("verdict", verdict);
    }

    private static JsonObject side(int devices, int affected, double value, double low, double high) {
        return new JsonObject().put("devices", devices).put("affected", affected).put("value", value)
                .put("low", low).put("high", high);
    }

    private static JsonObject page(Iterable<JsonObject> items) {
        JsonArray all = new JsonArray();
        items.forEach(all::add);
        return new JsonObject().put("items", all);
    }
}
