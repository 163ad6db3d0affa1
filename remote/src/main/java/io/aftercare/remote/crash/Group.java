package io.aftercare.remote.crash;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Crashes that are one: by their places ([Fingerprint]), and, once names are known, by those in every build.
///
/// @param module    where the innermost call was, empty where that is not known
/// @param buildId   of that module in its first crash
/// @param namesKey  the same in other builds, once names are known
/// @param firstSeen by the server's clock
/// @param crashes   that came, also those that are not kept any more
/// @param version   of its standing
record Group(String id, String key, String model, String process, String module, @Nullable String buildId,
        String title, @Nullable String namesKey, String madeBy, Instant firstSeen, Instant lastSeen,
        long crashes, long devices, Standing standing, int version) {}
