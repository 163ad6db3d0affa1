package io.aftercare.diagnostics.backtest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fault that the rule would have opened.
///
/// @param clearedAt null where it would be open at the end
/// @param count     how often it would have been raised
record Outcome(String device, Instant openedAt, @Nullable Instant clearedAt, int count, String severity) {}
