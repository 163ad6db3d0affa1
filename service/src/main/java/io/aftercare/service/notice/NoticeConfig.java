package io.aftercare.service.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// How notices are given.
///
/// @param publicUrl  address of the customer's page for people outside, such as `https://care.example.com`; empty where
///                   it is not known, and letters carry no link
/// @param desk       name of the desk, as letters are signed
/// @param zone       in whose time letters speak, and quiet hours count
/// @param quietFrom  from here to `quietTo` customers are not written to, unless they wrote just now; equal for never
/// @param perHourMax letters to one addressee within an hour
public record NoticeConfig(String publicUrl, String desk, ZoneId zone, LocalTime quietFrom, LocalTime quietTo,
        int perHourMax) {
    /// How often a letter is tried, with growing delay: about two days.
    static final int ATTEMPTS_MAX = 10;
    private static final Duration RETRY_FIRST = Duration.ofMinutes(1);
    private static final Duration RETRY_MAX = Duration.ofHours(12);

    public static NoticeConfig defaults() {
        return new NoticeConfig("", "Aftercare", ZoneId.of("UTC"), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT,
                20);
    }

    /// The first moment from `now` on that is not within the quiet hours.
    Instant afterQuiet(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime time = here.toLocalTime();
        boolean overnight = quietFrom.isAfter(quietTo);
        boolean late = !time.isBefore(quietFrom);
        boolean early = time.isBefore(quietTo);
        boolean quiet = overnight ? late || early : late && early;
        if (!quiet) {
            return now;
        }
        ZonedDateTime end = here.with(quietTo);
        return (end.isAfter(here) ? end : here.plusDays(1).with(quietTo)).toInstant();
    }

    /// How long to wait after this many attempts.
    static Duration pause(int attempts) {
        Duration grown = RETRY_FIRST.multipliedBy(1L << (2 * Math.min(attempts - 1, 10)));
        return grown.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : grown;
    }
}
