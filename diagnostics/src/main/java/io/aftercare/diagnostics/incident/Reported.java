package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.incident.Sightings.Kind;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A firmware that somebody else has found bad, with the numbers: an incident as if the diagnosis had found it itself. It may have
/// no member, where what got worse is no fault.
///
/// @param code  what got worse: a fault's code or a metric
/// @param text  the numbers, for people
/// @param since faults of the code since then belong to it
/// @param group updated devices against the others, where that is what was counted
public record Reported(String code, String model, String firmware, String text, Instant since,
        Optional<Group> group) {

    /// Opens the incident, or notes the report with the one that is live already; in the caller's transaction.
    ///
    /// @return its id
    String take(Handle handle, Instant now) {
        IncidentSql.lock(handle);
        ObjectNode numbers = numbers();
        Optional<String> opened = IncidentSql.insert(handle, code, model, "firmware", firmware,
                code + " on " + model + " with firmware " + firmware, numbers, now);
        String id = opened.orElseGet(() -> IncidentSql.live(handle, code, model, "firmware", firmware));
        ObjectNode data = Json.object().put("finding", finding());
        data.set("suspect", numbers.path("suspect"));
        long note = IncidentSql.note(handle, id, now, opened.isPresent() ? "opened" : "suspected", "system",
                text, data);
        Incident incident = IncidentSql.find(handle, id).orElseThrow();
        ObjectNode told = Json.object().put("text", text);
        told.set("suspect", numbers.path("suspect"));
        IncidentSql.tell(handle, opened.isPresent() ? "incident.opened" : "incident.suspected", incident,
                note, told);
        Map<String, String> members = new LinkedHashMap<>();
        Sightings.fresh(handle, new Kind(code, model), "firmware", firmware, since)
                .forEach(fault -> members.put(fault, id));
        if (!members.isEmpty()) {
            IncidentWatch.joined(handle, id, members, "opened", now);
            IncidentSql.count(handle, id);
        }
        return id;
    }

    private String finding() {
        return group.isPresent() ? "suspect" : "reported";
    }

    private ObjectNode numbers() {
        ObjectNode numbers = IncidentView.numbers(new Suspicion(group.stream().toList(), group));
        if (group.isEmpty()) {
            numbers.set("suspect", Json.object().put("dimension", "firmware").put("value", firmware));
        }
        return numbers.put("text", text).put("finding", finding());
    }
}
