package io.aftercare.service.intake;

import org.jdbi.v3.core.Handle;

/// Gives the one who reports a way back to the case.
@FunctionalInterface
public interface CaseLinks {
    /// @return path of the customer's page, such as `/c/…`
    String path(Handle handle, long ticket);
}
