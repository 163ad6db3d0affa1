package io.aftercare.service.workorder;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Work orders as other rooms meet them. Works in the caller's transaction; thread-safe. Lock the case before its orders.
public final class WorkOrders {
    public Optional<WorkOrder> find(Handle handle, long id) {
        return OrderStore.find(handle, id);
    }

    /// As [#find], and nobody else changes the order before the end of the transaction.
    public Optional<WorkOrder> lock(Handle handle, long id) {
        return OrderStore.lock(handle, id);
    }

    /// All of a case, the oldest first.
    public List<WorkOrder> ofTicket(Handle handle, long ticket) {
        return OrderStore.ofTicket(handle, ticket);
    }
}
