package io.aftercare.service.engineer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tool register in the database. Works in the caller's transaction.
final class ToolStore {
    private static final String COLUMNS = "serial, version, name, holder, calibration_due, maintenance_due, retired";

    private ToolStore() {}

    /// Something that happened to a tool.
    ///
    /// @param kind    `registered`, `handed`, `calibrated`, `maintained` or `retired`
    /// @param doneOn  on which day
    /// @param nextDue when it is due again, null where that is not known
    record Event(String kind, Instant at, LocalDate doneOn, String actor, String text,
            @Nullable LocalDate nextDue) {}

    static boolean insert(Handle handle, Tool tool, Instant now) {
        return handle.createUpdate(
                """
                        INSERT INTO service.tool (serial, name, holder, calibration_due, maintenance_due, created_at)
                        VALUES (:serial, :name, :holder, :calibration, :maintenance, :now) ON CONFLICT (serial) DO NOTHING""")
                .bind("serial", tool.serial()).bind("name", tool.name()).bind("holder", tool.holder())
                .bind("calibration", tool.calibrationDue()).bind("maintenance", tool.maintenanceDue())
                .bind("now", now).execute() == 1;
    }

    static Tool update(Handle handle, Tool tool) {
        handle.createUpdate("""
                UPDATE service.tool SET version = version + 1, name = :name, holder = :holder,
                    calibration_due = :calibration, maintenance_due = :maintenance, retired = :retired
                WHERE serial = :serial""").bind("serial", tool.serial()).bind("name", tool.name())
                .bind("holder", tool.holder()).bind("calibration", tool.calibrationDue())
                .bind("maintenance", tool.maintenanceDue()).bind("retired", tool.retired()).execute();
        return find(handle, tool.serial()).orElseThrow();
    }

    static Optional<Tool> find(Handle handle, String serial) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.tool WHERE serial = :serial")
                .bind("serial", serial).map((row, _) -> tool(row)).findOne();
    }

    static Optional<Tool> lock(Handle handle, String serial) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.tool WHERE serial = :serial FOR UPDATE")
                .bind("serial", serial).map((row, _) -> tool(row)).findOne();
    }

    /// By serial, after that of the page before.
    ///
    /// @param dueBy only those whose calibration or maintenance is due on that day or earlier, null for all
    static List<Tool> list(Handle handle, @Nullable String holder, @Nullable LocalDate dueBy, String after,
            int limit) {
        return handle.createQuery("SELECT " + COLUMNS + " " + """
                FROM service.tool WHERE serial > :after AND (:holder::text IS NULL OR holder = :holder)
                  AND (:due::date IS NULL OR NOT retired AND least(calibration_due, maintenance_due) <= :due)
                ORDER BY serial LIMIT :limit""").bind("after", after).bind("holder", holder)
                .bind("due", dueBy)
                .bind("limit", limit).map((row, _) -> tool(row)).list();
    }

    static void note(Handle handle, String serial, Event event) {
        handle.createUpdate("""
                INSERT INTO service.tool_event (tool, kind, at, done_on, actor, text, next_due)
                VALUES (:tool, :kind, :at, :done, :actor, :text, :due)""").bind("tool", serial)
                .bind("kind", event.kind()).bind("at", event.at()).bind("done", event.doneOn())
                .bind("actor", event.actor()).bind("text", event.text()).bind("due", event.nextDue())
                .execute();
    }

    /// What happened to a tool, the newest 1,000, in their order.
    static List<Event> events(Handle handle, String serial) {
        return handle.createQuery("""
                SELECT kind, at, done_on, actor, text, next_due FROM (
                    SELECT * FROM service.tool_event WHERE tool = :tool ORDER BY id DESC LIMIT 1000) newest
                ORDER BY id""").bind("tool", serial)
                .map((row, _) -> new Event(row.getString(1), row.getTimestamp(2).toInstant(),
                        row.getDate(3).toLocalDate(), row.getString(4), row.getString(5),
                        EngineerStore.day(row, "next_due")))
                .list();
    }

    static Tool tool(ResultSet row) throws SQLException {
        return new Tool(row.getString("serial"), row.getInt("version"), row.getString("name"),
                row.getString("holder"), EngineerStore.day(row, "calibration_due"),
                EngineerStore.day(row, "maintenance_due"), row.getBoolean("retired"));
    }
}
