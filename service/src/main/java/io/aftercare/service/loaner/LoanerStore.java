package io.aftercare.service.loaner;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The pool and its loans in the database. Works in the caller's transaction.
final class LoanerStore {
    private static final String LOANER = """
            SELECT l.device, coalesce(d.model, ''), l.version, l.state, l.equivalents, l.note,
                (SELECT n.ticket FROM service.loan n WHERE n.loaner = l.device AND n.returned_at IS NULL) AS lent_to
            FROM service.loaner l
            LEFT JOIN fleet.device d ON d.id = l.device\s""";
    private static final String LOAN = """
            SELECT id, version, loaner, ticket, lent_by, lent_at, due, returned_at, taken_by, condition, is_sound,
                is_wiped FROM service.loan\s""";

    private LoanerStore() {}

    /// @return whether it was not in the pool yet
    static boolean add(Handle handle, DeviceId device, List<String> equivalents, String note) {
        return handle.createUpdate("""
                INSERT INTO service.loaner (device, state, equivalents, note)
                VALUES (:device, 'available', :equivalents, :note) ON CONFLICT DO NOTHING""")
                .bind("device", device).bindArray("equivalents", String.class, equivalents)
                .bind("note", note).execute() == 1;
    }

    static Optional<Loaner> find(Handle handle, DeviceId device, boolean lock) {
        return handle
                .createQuery(LOANER + "WHERE l.device = :device" + (lock ? " FOR UPDATE OF l" : ""))
                .bind("device", device).map((row, _) -> loaner(row)).findOne();
    }

    /// By serial.
    ///
    /// @param model one that they stand in for, null for any
    static List<Loaner> list(Handle handle, @Nullable String state, @Nullable String model, String after,
            int limit) {
        return handle.createQuery(LOANER + """
                WHERE l.device > :after AND (:state::text IS NULL OR l.state = :state)
                AND (:model::text IS NULL OR d.model = :model OR :model = ANY(l.equivalents))
                ORDER BY l.device LIMIT :limit""").bind("after", after).bind("state", state)
                .bind("model", model).bind("limit", limit).map((row, _) -> loaner(row)).list();
    }

    static void move(Handle handle, DeviceId device, LoanerState to, String note) {
        handle.createUpdate(
                """
                        UPDATE service.loaner SET state = :to, note = :note, version = version + 1 WHERE device = :device""")
                .bind("to", to.text()).bind("note", note).bind("device", device).execute();
    }

    static long lend(Handle handle, DeviceId device, long ticket, String by, Instant at,
            @Nullable Instant due) {
        return handle.createQuery("""
                INSERT INTO service.loan (loaner, ticket, lent_by, lent_at, due)
                VALUES (:loaner, :ticket, :by, :at, :due) RETURNING id""").bind("loaner", device)
                .bind("ticket", ticket).bind("by", by).bind("at", at).bind("due", due).mapTo(Long.class)
                .one();
    }

    static void takeBack(Handle handle, long id, String by, String condition, boolean sound, boolean wiped,
            Instant at) {
        handle.createUpdate(
                """
                        UPDATE service.loan SET returned_at = :at, taken_by = :by, condition = :condition, is_sound = :sound,
                            is_wiped = :wiped, version = version + 1 WHERE id = :id""")
                .bind("at", at)
                .bind("by", by).bind("condition", condition).bind("sound", sound).bind("wiped", wiped)
                .bind("id", id).execute();
    }

    /// The newest first.
    static List<Loan> ofTicket(Handle handle, long ticket, Instant now) {
        return handle.createQuery(LOAN + "WHERE ticket = :ticket ORDER BY id DESC LIMIT 100")
                .bind("ticket", ticket).map((row, _) -> loan(row, now)).list();
    }

    static Optional<Loan> open(Handle handle, DeviceId device, Instant now) {
        return handle.createQuery(LOAN + "WHERE loaner = :device AND returned_at IS NULL")
                .bind("device", device).map((row, _) -> loan(row, now)).findOne();
    }

    /// Sets the day of the loans of a case for which none was agreed.
    static int due(Handle handle, long ticket, Instant due) {
        return handle.createUpdate("""
                UPDATE service.loan SET due = :due, version = version + 1
                WHERE ticket = :ticket AND returned_at IS NULL AND due IS NULL""").bind("due", due)
                .bind("ticket", ticket).execute();
    }

    /// Loans that ran over their day and that nobody was told of.
    static List<Loan> late(Handle handle, Instant now, int limit) {
        return handle.createQuery(LOAN + """
                WHERE returned_at IS NULL AND overdue_at IS NULL AND due < :now ORDER BY due LIMIT :limit""")
                .bind("now", now).bind("limit", limit).map((row, _) -> loan(row, now)).list();
    }

    /// Marks a loan that ran over its day.
    ///
    /// @return whether it still was out, and not marked yet
    static boolean markOverdue(Handle handle, long id, Instant now) {
        return handle.createUpdate("""
                UPDATE service.loan SET overdue_at = :now, version = version + 1
                WHERE id = :id AND returned_at IS NULL AND overdue_at IS NULL AND due < :now""")
                .bind("id", id)
                .bind("now", now).execute() == 1;
    }

    private static Loaner loaner(ResultSet row) throws SQLException {
        return new Loaner(new DeviceId(row.getString(1)), row.getString(2), row.getInt(3),
                LoanerState.parse(row.getString(4)).orElseThrow(),
                List.of((String[]) row.getArray(5).getArray()), row.getString(6),
                Columns.number(row, "lent_to"));
    }

    private static Loan loan(ResultSet row, Instant now) throws SQLException {
        Instant due = Columns.instant(row, "due");
        Instant returned = Columns.instant(row, "returned_at");
        return new Loan(row.getLong("id"), row.getInt("version"), new DeviceId(row.getString("loaner")),
                row.getLong("ticket"), row.getString("lent_by"), row.getTimestamp("lent_at").toInstant(), due,
                returned == null && due != null && now.isAfter(due), returned, row.getString("taken_by"),
                row.getString("condition"), row.getBoolean("is_sound"), row.getBoolean("is_wiped"));
    }
}
