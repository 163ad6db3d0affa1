package io.aftercare.remote.crash.symbol;

import org.jspecify.annotations.Nullable;

/// Where in the source an address is.
///
/// @param file null where it is not known
/// @param line 0 where it is not known
public record Place(String function, @Nullable String file, int line) {}
