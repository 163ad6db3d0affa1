package io.aftercare.service.requisition;

import io.aftercare.service.ticket.Ticket;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What the customer must have agreed to before parts are fitted. Works in the caller's transaction.
public interface Agreements {
    /// What is missing before the device is repaired, as a sentence (R7).
    Optional<String> missingToRepair(Handle handle, Ticket ticket);

    /// What is missing before this part is replaced, as a sentence (R8).
    Optional<String> missingToReplace(Handle handle, Ticket ticket, String part);
}
