package io.aftercare.diagnostics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.http.Json;
import java.util.concurrent.atomic.AtomicInteger;

/// Raises and clears faults as lanes and the outbox's relay would, on a database.
public final class RaisedFaults {
    private final TestDiagnostics house;
    private final AtomicInteger number = new AtomicInteger();

    public RaisedFaults(TestDiagnostics house) {
        this.house = house;
    }

    /// A device that is in use.
    public void device(String id, String firmware, String batch, String gateway) {
        house.database.jdbi().useHandle(handle -> handle.createUpdate(
                """
                        INSERT INTO fleet.device (id, model, token_hash, region, firmware, tags, gateway, state)
                        VALUES (:id, 'LP-2000', :hash, 'eu', :firmware, :tags::jsonb, nullif(:gateway, ''), 'active')""")
                .bind("id", id).bind("hash", DeviceToken.random().hash()).bind("firmware", firmware)
                .bind("tags", batch.isEmpty() ? "{}" : Json.text(Json.object().put("batch", batch)))
                .bind("gateway", gateway).execute());
    }

    /// A fault that a lane has written.
    public ObjectNode stored(String device, String code) {
        String id = "f" + number.incrementAndGet();
        house.database.jdbi().useHandle(handle -> handle.createUpdate(
                """
                        INSERT INTO diagnostics.fault (id, device, code, severity, state, rule, rule_version, title, first_seen,
                            last_seen, last_raised, count, events, explain)
                        VALUES (:id, :device, :code, 'major', 'firing', 'r', 1, 'Too hot', :now, :now, :now, 1, 1, '{}')""")
                .bind("id", id).bind("device", device).bind("code", code).bind("now", house.clock.instant())
                .execute());
        return Json.object().put("fault", id).put("device", device).put("code", code).put("severity", "major")
                .put("at", house.clock.instant().toString());
    }

    /// Whether the desk would act on it.
    public boolean tell(String topic, ObjectNode payload) {
        return house.database
                .inTransaction(handle -> house.diagnostics.gate().admits(handle, topic, payload));
    }

    public ObjectNode raise(String device, String code) {
        ObjectNode payload = stored(device, code);
        var _ = tell("fault.raised", payload);
        return payload;
    }

    public void clear(ObjectNode payload) {
        house.database.jdbi().useHandle(handle -> handle.createUpdate("""
                UPDATE diagnostics.fault SET cleared_at = :now, state = 'resolved' WHERE id = :id""")
                .bind("now", house.clock.instant()).bind("id", payload.path("fault").asText()).execute());
        var _ = tell("fault.cleared", payload.put("at", house.clock.instant().toString()));
    }

    public void again(ObjectNode payload) {
        house.database.jdbi().useHandle(handle -> handle.createUpdate("""
                UPDATE diagnostics.fault SET cleared_at = NULL, state = 'firing' WHERE id = :id""")
                .bind("id", payload.path("fault").asText()).execute());
        var _ = tell("fault.reraised", payload.put("at", house.clock.instant().toString()));
    }
}
