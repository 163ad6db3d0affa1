package io.aftercare.service.ticket;

import io.aftercare.fleet.people.Principal;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A room's share of a case's page.
@FunctionalInterface
public interface CasePanel {
    /// What to show this reader, as Jackson writes it; null where there is nothing.
    @Nullable
    Object of(Handle handle, Ticket ticket, Principal reader);
}
