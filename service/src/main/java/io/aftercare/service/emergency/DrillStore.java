package io.aftercare.service.emergency;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Drills in the database, and which cases they made. Works in the caller's transaction.
final class DrillStore {
    private static final TypeReference<Drill.Plan> PLAN = new TypeReference<>() {
    };
    private static final String COLUMNS = """
            id, version, state, plan, scheduled_at, full_drill, ran_at, ran_by, emergency, evaluation, score, evaluated_at""";
    private static final int YEAR_MAX = 1000;

    private DrillStore() {}

    static Drill insert(Handle handle, Drill.Plan plan, Instant at, boolean full) {
        long id = handle.createQuery("""
                INSERT INTO service.drill (state, plan, scheduled_at, full_drill)
                VALUES ('planned', :plan::jsonb, :at, :full) RETURNING id""").bind("plan", Json.text(plan))
                .bind("at", at).bind("full", full).mapTo(Long.class).one();
        return find(handle, id).orElseThrow();
    }

    static Drill replan(Handle handle, long id, Drill.Plan plan, Instant at, boolean full) {
        handle.createUpdate(
                """
                        UPDATE service.drill SET version = version + 1, plan = :plan::jsonb, scheduled_at = :at, full_drill = :full
                        WHERE id = :id""")
                .bind("plan", Json.text(plan)).bind("at", at).bind("full", full).bind("id", id)
                .execute();
        return find(handle, id).orElseThrow();
    }

    static Drill ran(Handle handle, long id, long emergency, String by, Instant now) {
        handle.createUpdate("""
                UPDATE service.drill SET version = version + 1, state = 'run', ran_at = :now, ran_by = :by,
                    emergency = :emergency WHERE id = :id""").bind("now", now).bind("by", by)
                .bind("emergency", emergency).bind("id", id).execute();
        return find(handle, id).orElseThrow();
    }

    static Drill evaluated(Handle handle, long id, JsonNode evaluation, BigDecimal score, Instant now) {
        handle.createUpdate(
                """
                        UPDATE service.drill SET version = version + 1, state = 'evaluated', evaluation = :evaluation::jsonb,
                            score = :score, evaluated_at = :now WHERE id = :id""")
                .bind("evaluation", Json.text(evaluation)).bind("score", score).bind("now", now)
                .bind("id", id)
                .execute();
        return find(handle, id).orElseThrow();
    }

    static Optional<Drill> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.drill WHERE id = :id").bind("id", id)
                .map((row, _) -> drill(row)).findOne();
    }

    static Optional<Drill> lock(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.drill WHERE id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> drill(row)).findOne();
    }

    /// @param before only those with a lower id, null for the newest
    static List<Drill> list(Handle handle, @Nullable String state, @Nullable Long before, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + """
                 FROM service.drill WHERE (:state::text IS NULL OR state = :state)
                AND (:before::bigint IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit""")
                .bind("state", state)
                .bind("before", before).bind("limit", limit).map((row, _) -> drill(row)).list();
    }

    /// What a year has of full drills, and its evaluation.
    static DrillYear year(Handle handle, int year, LocalDate today) {
        Instant from = LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = LocalDate.of(year + 1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Drill> full = handle.createQuery("SELECT " + COLUMNS + """
                 FROM service.drill WHERE full_drill AND coalesce(ran_at, scheduled_at) >= :from
                AND coalesce(ran_at, scheduled_at) < :to ORDER BY id LIMIT :limit""").bind("from", from)
                .bind("to", to).bind("limit", YEAR_MAX).map((row, _) -> drill(row)).list();
        String text = handle.createQuery("SELECT text FROM service.drill_year WHERE year = :year")
                .bind("year", year).mapTo(String.class).findOne().orElse(null);
        return DrillYear.of(year, full, text, today);
    }

    static int yearVersion(Handle handle, int year) {
        return handle.createQuery("SELECT version FROM service.drill_year WHERE year = :year")
                .bind("year", year)
                .mapTo(Integer.class).findOne().orElse(0);
    }

    static void judge(Handle handle, int year, String text, String by, Instant now) {
        handle.createUpdate(
                """
                        INSERT INTO service.drill_year (year, text, by, at) VALUES (:year, :text, :by, :now)
                        ON CONFLICT (year) DO UPDATE SET version = drill_year.version + 1, text = excluded.text, by = excluded.by,
                            at = excluded.at""")
                .bind("year", year).bind("text", text).bind("by", by).bind("now", now)
                .execute();
    }

    /// Marks a case as made by a drill: it counts in no figure.
    static void mark(Handle handle, long drill, long ticket) {
        handle.execute("INSERT INTO service.drill_case (ticket, drill) VALUES (?, ?)", ticket, drill);
    }

    static List<String> cases(Handle handle, long drill) {
        return handle
                .createQuery("SELECT ticket FROM service.drill_case WHERE drill = :drill ORDER BY ticket")
                .bind("drill", drill).mapTo(String.class).list();
    }

    /// The drill that made a case, empty for a real one.
    static Optional<Long> ofCase(Handle handle, long ticket) {
        return handle.createQuery("SELECT drill FROM service.drill_case WHERE ticket = :ticket")
                .bind("ticket", ticket).mapTo(Long.class).findOne();
    }

    private static Drill drill(ResultSet row) throws SQLException {
        String evaluation = row.getString("evaluation");
        return new Drill(row.getLong("id"), row.getInt("version"), Drill.State.parse(row.getString("state")),
                Json.read(row.getString("plan"), PLAN), row.getTimestamp("scheduled_at").toInstant(),
                row.getBoolean("full_drill"), Columns.instant(row, "ran_at"), row.getString("ran_by"),
                row.getObject("emergency", Long.class), evaluation == null ? null : Json.parse(evaluation),
                row.getBigDecimal("score"), Columns.instant(row, "evaluated_at"));
    }
}
