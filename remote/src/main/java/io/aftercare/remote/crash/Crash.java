package io.aftercare.remote.crash;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A crash as it stands.
///
/// @param name       by which the device knows it, or of the event
/// @param group      crashes that are one with it
/// @param at         by the device's clock
/// @param told       whether the event is here; else the dump came first
/// @param firmware   that ran, empty where nobody knows
/// @param threads    with names, once it is worked out
/// @param missing    builds of the stack without symbols
/// @param error      why names could not be looked up
record Crash(String id, String device, String model, String name, String group, Instant at,
        Instant receivedAt, boolean told, String firmware, String message, Report report,
        List<Named> threads, List<String> missing, CrashState state, @Nullable String error, int attempts,
        Dump dump, int version) {
    Crash {
        threads = List.copyOf(threads);
        missing = List.copyOf(missing);
    }

    /// Its dump, as far as there is one.
    ///
    /// @param upload that has its bytes
    /// @param ticket for which it was asked for
    record Dump(@Nullable String upload, @Nullable DumpKind kind, @Nullable Long bytes,
            @Nullable String sha256, @Nullable String ticket) {
        static final Dump NONE = new Dump(null, null, null, null, null);

        boolean isHere() {
            return kind != null && kind.isHere();
        }
    }
}
