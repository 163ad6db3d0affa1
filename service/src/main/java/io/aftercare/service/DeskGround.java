package io.aftercare.service;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// What every room of the desk stands on. The database has the schemas `fleet` and `service` migrated.
public record DeskGround(Database database, Devices devices, Events events, MeterRegistry meters,
        InstantSource clock) {
    /// The time now, as fine as the database keeps it.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
