package io.aftercare.service.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// When somebody comes, and what was done then.
@FunctionalInterface
public interface Appointments {
    /// @param state     of the work order, such as `en-route`
    /// @param confirmed whether the engineer has agreed it with the customer
    /// @param done      what was done, null until it is
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Appointment(String state, @Nullable Instant from, @Nullable Instant to, boolean confirmed,
            @Nullable String done) {}

    List<Appointment> of(Handle handle, long ticket);
}
