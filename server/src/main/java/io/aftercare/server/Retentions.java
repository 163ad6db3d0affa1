package io.aftercare.server;

import io.aftercare.fleet.postgres.Housekeeping;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ota.Ota;
import java.time.Duration;
import java.util.Optional;

/// Reads how long what is stored is kept.
final class Retentions {
    private static final String NEVER = "never";
    /// Incidents count the last hour's; older ones are of use only while an incident of theirs grows.
    private static final Duration SIGHTINGS = Duration.ofDays(30);

    private Retentions() {}

    static Retention from(Settings settings) {
        Duration raw = settings.days(Setting.RETENTION_RAW);
        Duration minutes = atLeast(settings, Setting.RETENTION_MINUTES, Setting.RETENTION_RAW);
        Duration hours = atLeast(settings, Setting.RETENTION_HOURS, Setting.RETENTION_MINUTES);
        Duration days = atLeast(settings, Setting.RETENTION_DAYS, Setting.RETENTION_HOURS);
        return new Retention(raw, minutes, hours, days, settings.days(Setting.RETENTION_EVENTS),
                settings.days(Setting.RETENTION_CONNECTIVITY), settings.days(Setting.RETENTION_ATTRIBUTES),
                settings.days(Setting.RETENTION_QUARANTINE), compressAfter(settings, raw));
    }

    /// Has what is no telemetry swept; quarantine, which has other bounds too, sees to itself.
    static void sweep(Housekeeping housekeeping, Retention retention) {
        sweep(housekeeping, "ingest.event", "received_at", retention.events());
        sweep(housekeeping, "ingest.connectivity", "at", retention.connectivity());
        sweep(housekeeping, "ingest.attribute_history", "changed_at", retention.attributeHistory());
        sweep(housekeeping, "diagnostics.sighting", "at", SIGHTINGS);
        Ota.sweep(housekeeping);
    }

    private static void sweep(Housekeeping housekeeping, String table, String time, Duration kept) {
        housekeeping.sweep(table, time + " < now() - interval '" + kept.toDays() + " days'");
    }

    // Coarser sums outlive finer ones: a question finds the finest that there is.
    private static Duration atLeast(Settings settings, Setting setting, Setting finer) {
        Duration kept = settings.days(setting);
        if (kept.compareTo(settings.days(finer)) < 0) {
            throw settings.wrong(setting,
                    "at least " + finer.variable() + "=" + settings.text(finer) + " is needed");
        }
        return kept;
    }

    private static Optional<Duration> compressAfter(Settings settings, Duration raw) {
        if (NEVER.equals(settings.text(Setting.COMPRESS_AFTER))) {
            return Optional.empty();
        }
        Duration after = settings.days(Setting.COMPRESS_AFTER);
        if (after.compareTo(raw) >= 0) {
            throw settings.wrong(Setting.COMPRESS_AFTER, "less than " + Setting.RETENTION_RAW.variable() + "="
                    + settings.text(Setting.RETENTION_RAW) + " is needed, or never");
        }
        return Optional.of(after);
    }
}
