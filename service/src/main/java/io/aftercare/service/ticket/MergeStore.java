package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Where the faults of duplicates went. Each remembers the cases by which it came (`came_by`, the oldest first), so that
/// taking one apart takes along what came with it. Works in the caller's transaction.
final class MergeStore {
    private MergeStore() {}

    /// Takes the faults of a case to another one.
    ///
    /// @return the faults that moved
    static List<String> take(Handle handle, long from, long to, Instant now) {
        return handle.createQuery("""
                UPDATE service.ticket_fault SET ticket = :to, came_by = came_by || :from, linked_at = :now
                WHERE ticket = :from RETURNING fault""").bind("from", from).bind("to", to).bind("now", now)
                .mapTo(String.class).list();
    }

    /// Gives a case back the faults that came by it.
    static List<String> giveBack(Handle handle, long to, Instant now) {
        return handle.createQuery("""
                UPDATE service.ticket_fault SET ticket = :to, linked_at = :now,
                    came_by = trim_array(came_by, cardinality(came_by) - array_position(came_by, :to) + 1)
                WHERE :to = ANY(came_by) RETURNING fault""").bind("to", to).bind("now", now)
                .mapTo(String.class).list();
    }

    /// Notes by which duplicates a fault of this device and code came to a case.
    static void cameBy(Handle handle, String fault, DeviceId device, String code, long ticket) {
        handle.createUpdate(
                """
                        WITH RECURSIVE way (id, into_case, path) AS (
                            (SELECT id, merged_into, ARRAY[id] FROM service.ticket
                             WHERE device = :device AND fault_code = :code AND merged_into IS NOT NULL
                             ORDER BY id DESC LIMIT 1)
                            UNION ALL
                            SELECT t.id, t.merged_into, way.path || t.id FROM way JOIN service.ticket t ON t.id = way.into_case
                            WHERE cardinality(way.path) < 100)
                        UPDATE service.ticket_fault SET came_by = trim_array(way.path, 1)
                        FROM way WHERE way.id = :ticket AND fault = :fault AND cardinality(came_by) = 0""")
                .bind("fault", fault).bind("device", device).bind("code", code).bind("ticket", ticket)
                .execute();
    }

    /// The case in which the duplicates of duplicates end.
    static long root(Handle handle, long ticket) {
        return handle
                .createQuery(
                        """
                                WITH RECURSIVE way (id, into_case, steps) AS (
                                    SELECT id, merged_into, 0 FROM service.ticket WHERE id = :ticket
                                    UNION ALL
                                    SELECT t.id, t.merged_into, way.steps + 1 FROM way JOIN service.ticket t ON t.id = way.into_case
                                    WHERE way.steps < 100)
                                SELECT id FROM way ORDER BY steps DESC LIMIT 1""")
                .bind("ticket", ticket).mapTo(Long.class)
                .one();
    }

    /// The duplicates merged into a case.
    static List<Long> duplicates(Handle handle, long ticket) {
        return handle.createQuery("SELECT id FROM service.ticket WHERE merged_into = :ticket ORDER BY id")
                .bind("ticket", ticket).mapTo(Long.class).list();
    }

    /// The case for which faults of the duplicate `merged` count now: where its duplicates end, or the open one of the same
    /// fault as that; empty where that was cancelled.
    static Optional<FaultRouting.Candidate> heir(Handle handle, long merged) {
        Ticket root = TicketStore.find(handle, root(handle, merged)).orElseThrow();
        Signal signal = root.signal();
        Optional<Ticket> other = signal == null || !root.state().isSolved()
                ? Optional.empty()
                : TicketStore.openFor(handle, root.device(), signal.code())
                        .flatMap(id -> TicketStore.find(handle, id));
        return Optional.of(other.orElse(root)).filter(one -> one.state() != TicketState.CANCELLED)
                .map(one -> new FaultRouting.Candidate(one.id(), one.state(), one.report().openedAt(),
                        Optional.ofNullable(one.progress().resolvedAt())));
    }
}
