package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reported states as they are stored, beside the desired ones. Thread-safe; each method without a handle is one transaction.
///
/// Whoever changes either state locks the reported one first, then the desired one: so a report and a wish that meet see each
/// other.
public final class MessageStore {
    /// Of the reported state that all of a device's reports come to.
    private static final int STATE_CHARS_MAX = 256 * 1024;
    private static final int FIRST_REPORTS = 0x5374_6174; // a class of advisory locks

    private final Database database;

    /// A report as it was taken.
    ///
    /// @param document the whole state
    /// @param drifted  members of the desired state that the device turned out not to follow
    record Taken(JsonNode document, List<String> drifted) {}

    public MessageStore(Database database) {
        this.database = database;
    }

    /// Merges a report into the reported state (RFC 7396: null removes).
    Taken state(Device device, ObjectNode report, Instant at) {
        return database.inTransaction(handle -> {
            ObjectNode after = locked(handle, device);
            merge(after, report);
            String document = Json.text(after);
            if (document.length() > STATE_CHARS_MAX) {
                throw new BadMessageException("state-too-large",
                        "with this report the state has more than " + STATE_CHARS_MAX + " characters");
            }
            handle.createUpdate(
                    """
                            INSERT INTO ingest.reported_state (device, document, at, version)
                            VALUES (:device, :document::jsonb, :at, 1) ON CONFLICT (device) DO UPDATE
                            SET document = excluded.document, at = excluded.at, version = reported_state.version + 1""")
                    .bind("device", device.number()).bind("document", document).bind("at", at)
                    .execute();
            List<String> drifted = DesiredStore.find(handle, device, true)
                    .map(desired -> StandingStore.settle(handle, device,
                            new Shadow(after, desired.document(), desired.version()), Set.of(),
                            at.truncatedTo(ChronoUnit.MICROS)))
                    .orElse(List.of());
            return new Taken(after, drifted);
        });
    }

    /// The reported state, locked to the end of the transaction.
    static ObjectNode locked(Handle handle, Device device) {
        Optional<ObjectNode> known = reported(handle, device);
        if (known.isPresent()) {
            return known.get();
        }
        // No row to lock yet: the first report, and whoever looks while it comes.
        handle.execute("SELECT pg_advisory_xact_lock(?, ?)", FIRST_REPORTS, device.number());
        return reported(handle, device).orElseGet(Json::object);
    }

    private static Optional<ObjectNode> reported(Handle handle, Device device) {
        return handle
                .createQuery("SELECT document FROM ingest.reported_state WHERE device = :device FOR UPDATE")
                .bind("device", device.number()).mapTo(JsonNode.class).findOne()
                .map(document -> (ObjectNode) document);
    }

    /// What the device is and should become.
    public Shadow shadow(Device device) {
        return database.jdbi().withHandle(handle -> shadow(handle, device));
    }

    static Shadow shadow(Handle handle, Device device) {
        return handle.createQuery("""
                SELECT r.document AS reported, d.document AS desired, coalesce(d.version, 0) AS version
                FROM (SELECT) one LEFT JOIN ingest.reported_state r ON r.device = :device
                LEFT JOIN ingest.desired_state d ON d.device = :device""").bind("device", device.number())
                .map((row, _) -> new Shadow(document(row.getString("reported")),
                        document(row.getString("desired")), row.getInt("version")))
                .one();
    }

    /// What the device is to be told of its desired state now.
    ObjectNode told(Device device) {
        return database.jdbi().withHandle(handle -> {
            Shadow shadow = shadow(handle, device);
            return shadow.told(shadow.isBehind()
                    ? Standing.unheard(StandingStore.of(handle, device), shadow)
                    : Set.of());
        });
    }

    private static ObjectNode document(@Nullable String json) {
        return json == null ? Json.object() : (ObjectNode) Json.parse(json);
    }

    /// What the device reported of itself, if it did.
    public Optional<JsonNode> reported(Device device) {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery("SELECT document FROM ingest.reported_state WHERE device = :device")
                        .bind("device", device.number()).mapTo(JsonNode.class).findOne());
    }

    static void merge(ObjectNode into, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                into.remove(entry.getKey());
            } else if (value instanceof ObjectNode inner) {
                JsonNode known = into.get(entry.getKey());
                ObjectNode target = known instanceof ObjectNode object ? object : Json.object();
                merge(target, inner);
                into.set(entry.getKey(), target);
            } else {
                into.set(entry.getKey(), value);
            }
        }
    }
}
