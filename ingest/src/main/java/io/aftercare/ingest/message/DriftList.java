package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices that are otherwise than desired, the longest first, through the index of those alone. Thread-safe; blocks.
final class DriftList {
    private static final String QUERY = """
            SELECT s.differs_since, s.device, s.version, d.id, d.model, d.firmware, d.last_seen,
                (SELECT jsonb_agg(jsonb_build_object('key', k.key, 'state', k.state, 'since', k.since,
                        'version', k.version) ORDER BY k.since, k.key)
                    FROM ingest.desired_key k WHERE k.device = s.device AND k.state <> 'inSync') AS keys
            FROM ingest.desired_state s JOIN fleet.device d ON d.number = s.device
            WHERE s.differs_since IS NOT NULL AND s.differs_since <= :before
                AND (s.differs_since, s.device) > (:since, :after)
                AND (:model::text IS NULL OR d.model = :model)
                AND (NOT :partner OR d.outlet = :outlet AND d.outlet <> '')
            ORDER BY s.differs_since, s.device LIMIT :limit""";

    private final Database database;

    /// A device's place in the list, and as it is shown.
    private record Row(Place place, ObjectNode shown) {}

    private record Place(Instant since, int device) {
        @Override
        public String toString() {
            return since + "/" + device;
        }

        static Place parse(@Nullable String text) {
            try {
                if (text == null) {
                    return new Place(Instant.EPOCH, 0);
                }
                int slash = Math.max(0, text.indexOf('/'));
                return new Place(Instant.parse(text.substring(0, slash)),
                        Integer.parseInt(text.substring(slash + 1)));
            } catch (DateTimeException | NumberFormatException e) {
                throw Problem.invalid("cursor", "it is no cursor of this list: " + text);
            }
        }
    }

    DriftList(Database database) {
        this.database = database;
    }

    /// @param before since when at least
    Page<ObjectNode> page(Principal who, @Nullable String model, Instant before, @Nullable String cursor,
            int limit) {
        Place after = Place.parse(cursor);
        List<Row> rows = database.jdbi().withHandle(handle -> handle.createQuery(QUERY).bind("before", before)
                .bind("since", after.since()).bind("after", after.device()).bind("model", model)
                .bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet())
                .bind("limit", limit + 1).map((row, _) -> row(row)).list());
        Page<Row> page = Page.of(rows, limit, row -> row.place().toString());
        return new Page<>(page.items().stream().map(Row::shown).toList(), page.next());
    }

    private static Row row(ResultSet row) throws SQLException {
        Instant since = Columns.time(row, "differs_since");
        Instant seen = Columns.instant(row, "last_seen");
        ObjectNode shown = Json.object().put("device", row.getString("id"))
                .put("model", row.getString("model")).put("firmware", row.getString("firmware"))
                .put("since", since.toString()).put("version", row.getInt("version"))
                .put("lastSeen", seen == null ? null : seen.toString());
        var keys = shown.putArray("keys");
        String listed = row.getString("keys");
        for (JsonNode key : listed == null ? Json.object() : Json.parse(listed)) {
            ObjectNode one = (ObjectNode) key;
            keys.add(one.put("since",
                    OffsetDateTime.parse(one.path("since").asText()).toInstant().toString()));
        }
        return new Row(new Place(since, row.getInt("device")), shown);
    }
}
