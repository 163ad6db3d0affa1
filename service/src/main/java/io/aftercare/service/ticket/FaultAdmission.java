package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import org.jdbi.v3.core.Handle;

/// Says whether the desk is to act on what the outbox tells of a fault, now. What is refused here is told again by whoever refused
/// it, or never.
@FunctionalInterface
public interface FaultAdmission {
    /// @param topic such as `fault.raised`; what is decided is written in the transaction of `handle`
    boolean admits(Handle handle, String topic, JsonNode payload);
}
