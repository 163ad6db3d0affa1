package io.aftercare.service.warranty;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What warranties ask of repairs: which parts with serials of their own were fitted in a case. Works in the caller's
/// transaction.
@FunctionalInterface
public interface Repairs {
    List<Fitted> of(Handle handle, long ticket);

    /// @param part number in the catalogue
    record Fitted(String part, String serial, ComponentClass kind, Instant at) {}
}
