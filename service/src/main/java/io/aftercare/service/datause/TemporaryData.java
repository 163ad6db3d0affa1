package io.aftercare.service.datause;

import org.jdbi.v3.core.Handle;

/// A room that keeps data for the time of a case alone (R75). Works in the caller's transaction.
@FunctionalInterface
public interface TemporaryData {
    /// Destroys what was kept for this case alone. Called again for a case that was closed a second time.
    ///
    /// @return how many things were destroyed
    int purge(Handle handle, long ticket);
}
