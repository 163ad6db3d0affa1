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
    /// @throws IOException where they could not be looked up
    Map<Long, List<Place>> resolve(Path file, List<Long> offsets) throws IOException;
}
