package io.aftercare.service.workorder;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// The promise to be at the customer's in time (R22). Works in the caller's transaction, with the case locked.
public interface VisitClock {
    /// A visit was ordered.
    void ordered(Handle handle, long ticket, Instant at);

    void arrived(Handle handle, long ticket, Instant at);

    /// It does not take place.
    void calledOff(Handle handle, long ticket, Instant at);
}
