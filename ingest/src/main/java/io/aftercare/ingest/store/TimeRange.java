package io.aftercare.ingest.store;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// `?from=&to=`, each ISO 8601 or milliseconds since 1970; the last 24 hours unless told.
///
/// @param to exclusive
public record TimeRange(Instant from, Instant to) {
    private static final Duration DEFAULT = Duration.ofHours(24);

    /// @throws Problem 400 where a time cannot be read or the range is empty
    public static TimeRange of(Request request, Instant now) {
        return of(request.query("from").orElse(null), request.query("to").orElse(null), now);
    }

    public static TimeRange of(@Nullable String from,
            @Nullable String to, Instant now) {
        // A little ahead, because the newest samples come while the request is on its way.
        Instant end = to == null || to.isEmpty() ? now.plusSeconds(60) : parse("to", to);
        Instant begin = from == null || from.isEmpty() ? end.minus(DEFAULT) : parse("from", from);
        if (!begin.isBefore(end)) {
            throw Problem.invalid("from", "the range is empty: from " + begin + " is not before to " + end);
        }
        return new TimeRange(begin, end);
    }

    private static Instant parse(String name, String text) {
        try {
            boolean millis = text.chars().allMatch(c -> c >= '0' && c <= '9');
            return millis
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            throw Problem.invalid(name,
                    "a time such as 2026-05-01T08:00:00Z, or milliseconds since 1970, is needed, not "
                            + text);
        }
    }
}
