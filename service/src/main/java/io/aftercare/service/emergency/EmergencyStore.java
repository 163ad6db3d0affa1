package io.aftercare.service.emergency;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Emergencies in the database, with their levels and their log. Works in the caller's transaction.
final class EmergencyStore {
    private static final TypeReference<EmergencyLevel> LEVEL = new TypeReference<>() {
    };
    private static final String COLUMNS = """
            id, version, level, title, description, state, since, commander, incident, devices, outcome, review, drill, opened_at,
            opened_by, closed_at""";
    private static final int LOG_MAX = 1000;

    private EmergencyStore() {}

    /// @return the emergency with its id
    static Emergency insert(Handle handle, Emergency fresh) {
        long id = handle.createQuery(
                """
                        INSERT INTO service.emergency (level, title, description, state, since, commander, incident, devices, drill,
                            opened_at, opened_by)
                        VALUES (:level, :title, :description, :state, :since, :commander, :incident, :devices, :drill, :opened, :by)
                        RETURNING id""")
                .bind("level", fresh.level()).bind("title", fresh.title())
                .bind("description", fresh.description()).bind("state", fresh.state().text())
                .bind("since", fresh.since()).bind("commander", fresh.commander())
                .bind("incident", fresh.incident())
                .bind("devices", fresh.devices().toArray(String[]::new)).bind("drill", fresh.drill())
                .bind("opened", fresh.openedAt()).bind("by", fresh.openedBy()).mapTo(Long.class).one();
        return find(handle, id).orElseThrow();
    }

    static Emergency update(Handle handle, Emergency changed) {
        handle.createUpdate(
                """
                        UPDATE service.emergency SET version = version + 1, level = :level, title = :title, state = :state,
                            since = :since, commander = :commander, incident = :incident, devices = :devices, outcome = :outcome,
                            review = :review, closed_at = :closed WHERE id = :id""")
                .bind("id", changed.id()).bind("level", changed.level()).bind("title", changed.title())
                .bind("state", changed.state().text()).bind("since", changed.since())
                .bind("commander", changed.commander()).bind("incident", changed.incident())
                .bind("devices", changed.devices().toArray(String[]::new)).bind("outcome", changed.outcome())
                .bind("review", changed.review()).bind("closed", changed.closedAt()).execute();
        return find(handle, changed.id()).orElseThrow();
    }

    static Optional<Emergency> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.emergency WHERE id = :id")
                .bind("id", id).map((row, _) -> emergency(row)).findOne();
    }

    static Optional<Emergency> lock(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.emergency WHERE id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> emergency(row)).findOne();
    }

    /// What to list.
    ///
    /// @param state  null for all, `open` for those that are not closed
    /// @param before only those with a lower id
    /// @param drills whether those of drills are listed too
    record Wanted(@Nullable String state, @Nullable Integer level, @Nullable Long before, boolean drills) {}

    static List<Emergency> list(Handle handle, Wanted wanted, int limit) {
        return handle
                .createQuery("SELECT " + COLUMNS
                        + """
                                 FROM service.emergency WHERE (:state::text IS NULL OR state = :state OR :state = 'open' AND state <> 'closed')
                                AND (:level::int IS NULL OR level = :level) AND (:before::bigint IS NULL OR id < :before)
                                AND (:drills OR drill IS NULL) ORDER BY id DESC LIMIT :limit""")
                .bind("state", wanted.state())
                .bind("level", wanted.level()).bind("before", wanted.before()).bind("drills", wanted.drills())
                .bind("limit", limit).map((row, _) -> emergency(row)).list();
    }

    static EmergencyLevel level(Handle handle, int level) {
        return handle
                .createQuery("SELECT version, document FROM service.emergency_level WHERE level = :level")
                .bind("level", level)
                .map((row, _) -> Json.read(row.getString(2), LEVEL).versioned(row.getInt(1))).one();
    }

    static EmergencyLevel lockLevel(Handle handle, int level) {
        return handle
                .createQuery(
                        "SELECT version, document FROM service.emergency_level WHERE level = :level FOR UPDATE")
                .bind("level", level)
                .map((row, _) -> Json.read(row.getString(2), LEVEL).versioned(row.getInt(1))).one();
    }

    static void put(Handle handle, EmergencyLevel level) {
        handle.createUpdate(
                "UPDATE service.emergency_level SET version = :version, document = :document::jsonb WHERE level = :level")
                .bind("version", level.version()).bind("document", Json.text(level))
                .bind("level", level.level())
                .execute();
    }

    /// What was said, decided or done in an emergency. Only ever added to.
    ///
    /// @param kind `note`, `call`, `message` or `decision` of people; else what was done, the same way in each log
    /// @param text for people: what they wrote, or what was done in a sentence
    /// @param data what was done, by its members; null where a person wrote
    record Said(long id, Instant at, String author, String kind, String text, @Nullable JsonNode data) {}

    /// Writes what a person said.
    static void say(Handle handle, long emergency, Instant now, String author, String kind, String text) {
        log(handle, emergency, new Said(0, now, author, kind, text, null));
    }

    /// Adds to the log; the id is given here.
    static void log(Handle handle, long emergency, Said said) {
        handle.createUpdate("""
                INSERT INTO service.emergency_log (emergency, at, author, kind, text, data)
                VALUES (:emergency, :now, :author, :kind, :text, :data::jsonb)""")
                .bind("emergency", emergency)
                .bind("now", said.at()).bind("author", said.author()).bind("kind", said.kind())
                .bind("text", said.text()).bind("data", said.data() == null ? null : Json.text(said.data()))
                .execute();
    }

    /// The log, oldest first; of a longer one the newest 1,000.
    static List<Said> log(Handle handle, long emergency) {
        return handle.createQuery("""
                SELECT * FROM (SELECT id, at, author, kind, text, data FROM service.emergency_log
                    WHERE emergency = :emergency ORDER BY id DESC LIMIT :limit) newest ORDER BY id""")
                .bind("emergency", emergency).bind("limit", LOG_MAX)
                .map((row, _) -> new Said(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3),
                        row.getString(4), row.getString(5), json(row.getString(6))))
                .list();
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.parse(text);
    }

    private static Emergency emergency(ResultSet row) throws SQLException {
        long drill = row.getLong("drill");
        return new Emergency(row.getLong("id"), row.getInt("version"), row.getInt("level"),
                row.getString("title"), row.getString("description"),
                EmergencyState.parse(row.getString("state")).orElseThrow(),
                row.getTimestamp("since").toInstant(), row.getString("commander"), row.getString("incident"),
                Arrays.asList((String[]) row.getArray("devices").getArray()), row.getString("outcome"),
                row.getString("review"), drill == 0 ? null : drill, row.getTimestamp("opened_at").toInstant(),
                row.getString("opened_by"), Columns.instant(row, "closed_at"));
    }
}
