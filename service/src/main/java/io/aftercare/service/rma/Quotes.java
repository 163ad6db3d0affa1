package io.aftercare.service.rma;

import io.aftercare.service.ticket.Ticket;
import org.jdbi.v3.core.Handle;

/// What returns ask of quotes.
@FunctionalInterface
public interface Quotes {
    /// Whether the customer has accepted a quote in this case, or the charge was waived (R7).
    boolean isAccepted(Handle handle, Ticket ticket);
}
