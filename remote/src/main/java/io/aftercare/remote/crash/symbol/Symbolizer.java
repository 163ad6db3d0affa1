package io.aftercare.remote.crash.symbol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Gives addresses their names. Thread-safe; calls block.
@FunctionalInterface
public interface Symbolizer {
    /// @param file    with symbols
    /// @param offsets addresses as the file has them
    /// @return for each the functions there, the innermost of those that were inlined first; none where there is no name
    /// @throws Missing where there is no program for it
    /// @throws IOException where they could not be looked up
    Map<Long, List<Place>> resolve(Path file, List<Long> offsets) throws IOException;

    /// There is no program here that could look them up.
    final class Missing extends IOException {
        private static final long serialVersionUID = 1;

        public Missing(String message) {
            super(message);
        }
    }
}
