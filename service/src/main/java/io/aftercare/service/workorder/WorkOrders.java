package io.aftercare.service.workorder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Work orders as other rooms meet them. Works in the caller's transaction; thread-safe. Lock the case before its orders.
public final class WorkOrders {
    /// One engineer's finished work of some time.
    ///
    /// @param done         orders that passed their test
    /// @param failed       orders that failed after arrival
    /// @param firstTimeFix of those done: the first visit of a case that was not reopened within 30 days
    /// @param minutes      of work
    public record Figures(int done, int failed, int firstTimeFix, int minutes) {}

    public Optional<WorkOrder> find(Handle handle, long id) {
        return OrderStore.find(handle, id);
    }

    /// The order of this id, or of this number such as `W-000007`.
    public Optional<WorkOrder> find(Handle handle, String named) {
        return OrderReader.find(handle, named);
    }

    /// As [#find], and nobody else changes the order before the end of the transaction.
    public Optional<WorkOrder> lock(Handle handle, long id) {
        return OrderStore.lock(handle, id);
    }

    /// All of a case, the oldest first.
    public List<WorkOrder> ofTicket(Handle handle, long ticket) {
        return OrderStore.ofTicket(handle, ticket);
    }

    /// How many open orders each engineer has; who has none is missing.
    public Map<String, Integer> load(Handle handle) {
        return OrderFigures.load(handle);
    }

    /// Who is on their way to a device, or works on one, now.
    public Set<String> busy(Handle handle) {
        return OrderFigures.busy(handle);
    }

    /// What each engineer finished in that time; who finished nothing is missing.
    public Map<String, Figures> finished(Handle handle, Instant from, Instant to) {
        return OrderFigures.finished(handle, from, to);
    }

    /// How often somebody came to the device, by case, of the cases opened from `from` to before `to`; cases that nobody
    /// came for are missing.
    public Map<Long, Integer> visits(Handle handle, Instant from, Instant to) {
        return OrderFigures.visits(handle, from, to);
    }
}
