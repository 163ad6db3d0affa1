package io.aftercare.fleet.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list, and the cursor of the next one, null at the end.
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /// A page from `limit + 1` rows asked for: the one too many says that there is a next page, which begins after the
    /// cursor of the last row shown.
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> shown = rows.subList(0, limit);
        return new Page<>(shown, cursor.apply(shown.getLast()));
    }
}
