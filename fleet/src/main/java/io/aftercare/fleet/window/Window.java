package io.aftercare.fleet.window;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// A daily time in which devices may be touched (updated, restarted), by the clock on their wall.
///
/// @param zone an IANA zone, or `device` for the zone that the device's tag `timezone` names (UTC without one)
public record Window(LocalTime start, Duration duration, String zone) {
    public static final String DEVICE = "device";

    public Window {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "a window lasts more than nothing and at most PT24H, not " + duration);
        }
        if (!zone.equals(DEVICE)) {
            try {
                var _ = ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "zone is an IANA name such as Europe/Berlin, or device; not " + zone, e);
            }
        }
    }

    /// Whether a device may be touched now.
    public boolean isOpen(Instant now, String deviceZone) {
        return opens(now, deviceZone).equals(now);
    }

    /// When a device may be touched next: `now` itself within the window.
    ///
    /// @param deviceZone what the device's tag says, empty for nothing
    public Instant opens(Instant now, String deviceZone) {
        Instant begin = next(now, deviceZone);
        return now.isBefore(begin) ? begin : now;
    }

    /// When the window ends that is open now, or else opens next.
    public Instant closes(Instant now, String deviceZone) {
        return next(now, deviceZone).plus(duration);
    }

    // the beginning of the first window that is not over
    private Instant next(Instant now, String deviceZone) {
        ZonedDateTime local = now.atZone(zone(deviceZone));
        // yesterday's window may reach over midnight
        for (int day = -1; day <= 1; day++) {
            ZonedDateTime from = ZonedDateTime.of(local.toLocalDate().plusDays(day), start, local.getZone());
            Instant begin = from.toInstant();
            if (now.isBefore(begin.plus(duration))) {
                return begin;
            }
        }
        throw new IllegalStateException("No window opens within a day: " + this);
    }

    private ZoneId zone(String deviceZone) {
        if (!zone.equals(DEVICE)) {
            return ZoneId.of(zone);
        }
        try {
            return deviceZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(deviceZone);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC; // a tag that names no zone is as good as none
        }
    }
}
