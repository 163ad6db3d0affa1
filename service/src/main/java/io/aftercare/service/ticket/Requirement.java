package io.aftercare.service.ticket;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What a room of the desk demands before somebody moves a case, beside [Guards]. What telemetry decides by itself (a fix
/// that held, a fault that came back) is not asked.
@FunctionalInterface
public interface Requirement {
    /// What is missing, as a sentence for the one who asked; empty where nothing is.
    Optional<String> missing(Handle handle, Ticket ticket, TicketState to);
}
