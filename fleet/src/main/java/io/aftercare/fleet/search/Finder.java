package io.aftercare.fleet.search;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Finds things of one kind: what fits best first, then the newest.
///
/// @param operation whose roles may look for such things: the one that lists them
public record Finder(String kind, String operation, Search search) {
    /// Looks, within a few milliseconds.
    @FunctionalInterface
    public interface Search {
        List<Found> find(Handle handle, Wanted wanted);
    }

    /// One whose query has the columns `id`, `title` and `sub`.
    public static Finder of(String kind, String operation, Asking asking) {
        return new Finder(kind, operation, (handle, wanted) -> asking.query(handle, wanted)
                .map((row, _) -> new Found(kind, row.getString("id"), row.getString("title"),
                        row.getString("sub")))
                .list());
    }

    /// Makes the query, with all that it wants bound.
    @FunctionalInterface
    public interface Asking {
        Query query(Handle handle, Wanted wanted);
    }
}
