package io.aftercare.service.engineer;

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

/// The plan of trainings and each person's file of them (R58). Works in the caller's transaction.
final class TrainingStore {
    private TrainingStore() {}

    /// A training of the annual plan.
    ///
    /// @param audience `all`, `junior` or `senior`
    /// @param state    `planned`, `held` or `cancelled`
    record Plan(long id, int version, int year, int quarter, String topic, String audience, String state) {}

    /// A training that somebody took.
    ///
    /// @param plan that it belongs to, null for one outside the plan
    record Taken(long id, String engineer, @Nullable Long plan, String topic, LocalDate heldOn,
            BigDecimal hours,
            String trainer, String note) {}

    static Plan plan(Handle handle, int year, int quarter, String topic, String audience, String creator,
            Instant now) {
        return handle
                .createQuery(
                        """
                                INSERT INTO service.training_plan (year, quarter, topic, audience, state, created_by, created_at)
                                VALUES (:year, :quarter, :topic, :audience, 'planned', :creator, :now)
                                RETURNING id, version, year, quarter, topic, audience, state""")
                .bind("year", year)
                .bind("quarter", quarter).bind("topic", topic).bind("audience", audience)
                .bind("creator", creator).bind("now", now).map((row, _) -> plan(row)).one();
    }

    static Optional<Plan> lockPlan(Handle handle, long id) {
        return handle.createQuery("""
                SELECT id, version, year, quarter, topic, audience, state FROM service.training_plan
                WHERE id = :id FOR UPDATE""").bind("id", id).map((row, _) -> plan(row)).findOne();
    }

    static Plan move(Handle handle, Plan plan, String state) {
        handle.createUpdate(
                "UPDATE service.training_plan SET version = version + 1, state = :state WHERE id = :id")
                .bind("id", plan.id()).bind("state", state).execute();
        return new Plan(plan.id(), plan.version() + 1, plan.year(), plan.quarter(), plan.topic(),
                plan.audience(),
                state);
    }

    static List<Plan> plans(Handle handle, int year) {
        return handle.createQuery("""
                SELECT id, version, year, quarter, topic, audience, state FROM service.training_plan
                WHERE year = :year ORDER BY quarter, id""").bind("year", year).map((row, _) -> plan(row))
                .list();
    }

    static Taken take(Handle handle, Taken taken, String creator, Instant now) {
        long id = handle.createQuery(
                """
                        INSERT INTO service.training_record (engineer, plan, topic, held_on, hours, trainer, note,
                            created_by, created_at)
                        VALUES (:engineer, :plan, :topic, :held, :hours, :trainer, :note, :creator, :now) RETURNING id""")
                .bind("engineer", taken.engineer()).bind("plan", taken.plan()).bind("topic", taken.topic())
                .bind("held", taken.heldOn()).bind("hours", taken.hours()).bind("trainer", taken.trainer())
                .bind("note", taken.note()).bind("creator", creator).bind("now", now).mapTo(Long.class).one();
        return new Taken(id, taken.engineer(), taken.plan(), taken.topic(), taken.heldOn(), taken.hours(),
                taken.trainer(), taken.note());
    }

    /// Somebody's training file, the newest first.
    static List<Taken> file(Handle handle, String engineer, long before, int limit) {
        return handle.createQuery("""
                SELECT id, engineer, plan, topic, held_on, hours, trainer, note FROM service.training_record
                WHERE engineer = :engineer AND id < :before ORDER BY id DESC LIMIT :limit""")
                .bind("engineer", engineer).bind("before", before).bind("limit", limit).map((row, _) -> {
                    long plan = row.getLong("plan");
                    return new Taken(row.getLong("id"), row.getString("engineer"),
                            row.wasNull() ? null : plan,
                            row.getString("topic"), row.getDate("held_on").toLocalDate(),
                            row.getBigDecimal("hours"), row.getString("trainer"), row.getString("note"));
                }).list();
    }

    /// When somebody must be trained next, as the file and the settings say.
    static LocalDate due(Handle handle, String engineer, Level level) {
        return handle.createQuery("""
                SELECT e.created_at, max(t.held_on) AS last FROM service.engineer e
                LEFT JOIN service.training_record t ON t.engineer = e.name
                WHERE e.name = :name GROUP BY e.name""").bind("name", engineer)
                .map((row, _) -> Cadence.due(EngineerSettings.SETTING.of(handle), level,
                        EngineerStore.day(row, "last"),
                        row.getTimestamp(1).toInstant().atZone(ZoneOffset.UTC).toLocalDate()))
                .one();
    }

    static void setDue(Handle handle, String engineer, LocalDate due) {
        handle.createUpdate("UPDATE service.engineer SET training_due = :due WHERE name = :name")
                .bind("due", due).bind("name", engineer).execute();
    }

    private static Plan plan(ResultSet row) throws SQLException {
        return new Plan(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getString(5),
                row.getString(6), row.getString(7));
    }
}
