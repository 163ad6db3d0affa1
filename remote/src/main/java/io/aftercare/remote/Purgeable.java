package io.aftercare.remote;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/// A room that keeps what was taken off customers' devices for a case (R75). Works in the caller's transaction; files go with the commit.
@FunctionalInterface
public interface Purgeable {
    /// Destroys what was kept for this case alone; the rows stay and say when. Once more does nothing.
    ///
    /// @param names of the case, as people may have written it
    /// @return how many things were destroyed
    int purge(Handle handle, Set<String> names);
}
