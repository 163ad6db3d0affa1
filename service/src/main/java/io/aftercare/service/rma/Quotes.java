package io.aftercare.service.rma;

import org.jdbi.v3.core.Handle;

/// What returns ask of quotes.
@FunctionalInterface
public interface Quotes {
    /// Whether the customer has accepted a quote in this case (R7).
    boolean isAccepted(Handle handle, long ticket);
}
