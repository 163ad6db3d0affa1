package io.aftercare.remote;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// What every room of remote diagnostics stands on. The database has the schemas `fleet` and `remote` migrated.
///
/// @param downlink     the way to devices
/// @param surroundings what is asked of tickets and updates
/// @param committed    called after each commit that left something in the outbox; wake the relay with it
/// @param files        a folder of its own, for what devices send; made when the first file comes
public record RemoteGround(Database database, Devices devices, Downlink downlink, Surroundings surroundings,
        Runnable committed, Events events, MeterRegistry meters, InstantSource clock, Path files,
        RemoteConfig config) {
    /// The time now, as fine as the database keeps it.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// The same with another way to devices.
    public RemoteGround over(Downlink other) {
        return new RemoteGround(database, devices, other, surroundings, committed, events, meters, clock,
                files, config);
    }
}
