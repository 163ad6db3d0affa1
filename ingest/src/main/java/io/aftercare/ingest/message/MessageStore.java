package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reported and desired states as they are stored. Thread-safe; each method is one transaction.
public final class MessageStore {
    /// Of the reported state that all of a device's reports come to.
    private static final int STATE_CHARS_MAX = 256 * 1024;

    private final Database database;

    public MessageStore(Database database) {
        this.database = database;
    }

    /// Merges a report into the reported state (RFC 7396: null removes).
    ///
    /// @return the whole state
    JsonNode state(Device device, ObjectNode report, Instant at) {
        return database.inTransaction(handle -> {
            Optional<JsonNode> before = handle
                    .createQuery(
                            "SELECT document FROM ingest.reported_state WHERE device = :device FOR UPDATE")
                    .bind("device", device.number()).mapTo(JsonNode.class).findOne();
            ObjectNode after = before.map(node -> (ObjectNode) node).orElseGet(Json::object);
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
            return after;
        });
    }

    /// What the device is and should become.
    public Shadow shadow(Device device) {
        return database.jdbi().withHandle(handle -> shadow(handle, device));
    }

    private static Shadow shadow(Handle handle, Device device) {
        return handle.createQuery("""
                SELECT r.document AS reported, d.document AS desired, coalesce(d.version, 0) AS version
                FROM (SELECT) one LEFT JOIN ingest.reported_state r ON r.device = :device
                LEFT JOIN ingest.desired_state d ON d.device = :device""").bind("device", device.number())
                .map((row, _) -> new Shadow(document(row.getString("reported")),
                        document(row.getString("desired")), row.getInt("version")))
                .one();
    }

    private static ObjectNode document(@Nullable String json) {
        return json == null ? Json.object() : (ObjectNode) Json.parse(json);
    }

    /// Merges what is wanted of a device into its desired state (RFC 7396: null removes).
    ///
    /// @return both states as they are now
    Shadow want(Handle handle, Device device, ObjectNode wish) {
        handle.createUpdate(
                "INSERT INTO ingest.desired_state (device) VALUES (:device) ON CONFLICT DO NOTHING")
                .bind("device", device.number()).execute();
        handle.createQuery("SELECT version FROM ingest.desired_state WHERE device = :device FOR UPDATE")
                .bind("device", device.number()).mapTo(Integer.class).one();
        ObjectNode after = shadow(handle, device).desired();
        merge(after, wish);
        handle.createUpdate("""
                UPDATE ingest.desired_state SET document = :document::jsonb, at = now(), version = version + 1
                WHERE device = :device""").bind("device", device.number())
                .bind("document", Json.text(after)).execute();
        return shadow(handle, device);
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
