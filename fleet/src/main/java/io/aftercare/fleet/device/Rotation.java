package io.aftercare.fleet.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.fleet.http.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a device's token is to be changed.
///
/// @param overlap ISO 8601 duration in which the old token is right too; PT0S voids it at once
/// @param deliver whether the device is told over its connection, if it has one
record Rotation(@JsonProperty("overlap") @Nullable String overlap,
        @JsonProperty("deliver") @Nullable Boolean deliver) {
    static final Rotation USUAL = new Rotation(null, null);
    private static final Duration OVERLAP_MAX = Duration.ofDays(30);

    boolean isDelivered() {
        return Boolean.TRUE.equals(deliver);
    }

    Duration overlap(Duration usual) {
        if (overlap == null) {
            return usual;
        }
        try {
            Duration wanted = Duration.parse(overlap);
            if (!wanted.isNegative() && wanted.compareTo(OVERLAP_MAX) <= 0) {
                return wanted;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("overlap", "a duration such as PT24H is needed, not " + overlap);
        }
        throw Problem.invalid("overlap", "nothing to 30 days is possible, not " + overlap);
    }
}
