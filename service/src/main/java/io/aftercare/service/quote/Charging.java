package io.aftercare.service.quote;

import io.aftercare.service.ticket.Ticket;
import org.jdbi.v3.core.Handle;

/// Whether work on a case is the customer's to pay, because it is not covered. Works in the caller's transaction.
@FunctionalInterface
public interface Charging {
    boolean isChargeable(Handle handle, Ticket ticket);
}
