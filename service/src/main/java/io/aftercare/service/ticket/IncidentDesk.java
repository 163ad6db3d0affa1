package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Shows on cases which incident they belong to. One statement for all cases of a notice, each of which may come twice.
final class IncidentDesk {
    private final InstantSource clock;

    IncidentDesk(InstantSource clock) {
        this.clock = clock;
    }

    void joined(Handle handle, JsonNode payload) {
        mark(handle, payload, payload.path("incident").asText(), "joined",
                "Belongs to incident " + payload.path("incident").asText() + ": "
                        + payload.path("title").asText());
    }

    void left(Handle handle, JsonNode payload) {
        mark(handle, payload, "", "left",
                "No longer belongs to incident " + payload.path("incident").asText());
    }

    /// @param incident empty for none
    private void mark(Handle handle, JsonNode payload, String incident, String says, String text) {
        List<String> faults = new ArrayList<>();
        payload.path("faults").forEach(fault -> faults.add(fault.asText()));
        handle.createUpdate("""
                WITH marked AS (
                    UPDATE service.ticket SET incident = nullif(:incident, ''), version = version + 1
                    WHERE id IN (SELECT ticket FROM service.ticket_fault WHERE fault = ANY(:faults))
                    AND incident IS DISTINCT FROM nullif(:incident, '') RETURNING id)
                INSERT INTO service.timeline (ticket, at, kind, actor, text, data)
                SELECT id, :now, 'incident', 'system', :text, :data::jsonb FROM marked""")
                .bind("incident", incident)
                .bind("data", told(payload, says))
                .bindArray("faults", String.class, faults).bind("now", clock.instant()).bind("text", text)
                .execute();
    }

    private static String told(JsonNode payload, String says) {
        return Json.text(Json.object().put("says", says).put("incident", payload.path("incident").asText())
                .put("title", payload.path("title").asText()));
    }

    /// Every member has ended: people find it on the cases that they still have open.
    void resolved(Handle handle, JsonNode payload) {
        handle.createUpdate(
                """
                        INSERT INTO service.timeline (ticket, at, kind, actor, text, data)
                        SELECT id, :now, 'incident', 'system', :text, :data::jsonb FROM service.ticket WHERE incident = :incident
                        AND state NOT IN ('resolved', 'verified', 'closed', 'cancelled')""")
                .bind("now", clock.instant()).bind("data", told(payload, "resolved"))
                .bind("incident", payload.path("incident").asText())
                .bind("text", "Incident " + payload.path("incident").asText()
                        + " is resolved: no device in it has the fault any more")
                .execute();
    }
}
