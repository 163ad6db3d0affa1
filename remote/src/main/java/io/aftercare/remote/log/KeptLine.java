package io.aftercare.remote.log;

import org.jspecify.annotations.Nullable;

/// A redacted line as it lies in the file.
///
/// @param at    epoch milliseconds, in the device's time
/// @param level by its name
record KeptLine(@Nullable Long at, @Nullable String level, String text) {}
