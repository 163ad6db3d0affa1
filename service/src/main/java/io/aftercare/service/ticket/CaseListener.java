package io.aftercare.service.ticket;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Hears of cases that were opened or changed, in the transaction that does it.
@FunctionalInterface
public interface CaseListener {
    /// @param before null where the case was opened just now
    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor);
}
