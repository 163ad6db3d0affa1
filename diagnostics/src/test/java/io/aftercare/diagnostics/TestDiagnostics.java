package io.aftercare.diagnostics;

import io.aftercare.fleet.MutableClock;
import io.aftercare.diagnostics.backtest.ConfirmedCases;
import io.aftercare.diagnostics.backtest.StoredHistory;
import io.aftercare.diagnostics.engine.History;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.forecast.Rollups;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.LiveReader;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The diagnostics feature on a database of its own, with its HTTP server. Who asks is said by the bearer token:
/// `name:role,role:region:outlet`.
public final class TestDiagnostics implements AutoCloseable {
    public static final String PRODUCT = """
            {"model":"LP-2000","name":"Printer","actions":[
            {"name":"ping","class":"A"},{"name":"set_interval","class":"B","params":{"type":"object",
            "required":["seconds"],"additionalProperties":false,"properties":{"seconds":{"type":"number","minimum":1}}}},
            {"name":"reboot","class":"C","timeoutSeconds":5},{"name":"factory_reset","class":"D"}]}""";

    public final Database database = TestDatabase.create("diagnostics");
    public final Devices devices = new Devices(database);
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final MutableClock clock = new MutableClock();
    public final Diagnostics diagnostics;
    private final Vertx vertx = Vertx.vertx();
    public final Events events = new Events(vertx, Clock.systemUTC());
    private final TestApi api;

    public TestDiagnostics() {
        this(History.NONE);
    }

    public TestDiagnostics(History history) {
        this(history, (_, _, _, _) -> {
        }, ConfirmedCases.NONE);
    }

    public TestDiagnostics(History history, StoredHistory past, ConfirmedCases cases) {
        diagnostics = new Diagnostics(database, devices, new Diagnostics.Seams(history, () -> {
        }, past, cases, Rollups.NONE), events, meters,
                clock,
                DiagnosticsConfig.DEFAULT);
        database.jdbi().useHandle(handle -> handle
                .createUpdate(
                        "INSERT INTO fleet.product (model, name, document) VALUES ('LP-2000', 'Printer', :doc)")
                .bindByType("doc", Json.parse(PRODUCT), JsonNode.class).execute());
        Operations operations = new Operations();
        diagnostics.bind(operations);
        api = new TestApi(vertx, List.of("diagnostics"), operations, TestApi::named,
                new Idempotency(database));
    }

    /// Reads live events as somebody.
    public LiveReader reader(Principal who) {
        return new LiveReader(vertx, events, who);
    }

    public TestDiagnostics start() {
        diagnostics.start();
        return this;
    }

    public Device device(String id) {
        return device(id, "eu", "");
    }

    public Device device(String id, String region, String outlet) {
        database.jdbi().useHandle(handle -> handle.createUpdate("""
                INSERT INTO fleet.device (id, model, token_hash, region, outlet)
                VALUES (:id, 'LP-2000', :hash, :region, :outlet)""").bind("id", id)
                .bind("hash", DeviceToken.random().hash()).bind("region", region).bind("outlet", outlet)
                .execute());
        return devices.find(new DeviceId(id)).orElseThrow();
    }

    public TestApi.Answer as(String who, String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + who));
        return api.send(method, "/api/v1" + path, body, all.toArray(String[]::new));
    }

    /// The outbox, oldest first, as `topic key`.
    public List<String> outbox() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT topic || ' ' || key FROM fleet.outbox ORDER BY id").mapTo(String.class)
                .list());
    }

    @Override
    public void close() {
        api.close();
        diagnostics.close();
        database.close();
    }
}
