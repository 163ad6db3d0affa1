package io.aftercare.service;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.ticket.FaultAdmission;
import io.aftercare.service.ticket.FaultHistory;
import io.aftercare.service.ticket.FixProgress;
import io.aftercare.service.ticket.TicketDesk;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/// The after-sales desk, wired by hand. Needs the schemas `fleet` and `service` migrated. Thread-safe.
public final class Service implements AutoCloseable {
    private final TicketDesk tickets;

    /// @param history  where faults are kept, for the proof that a fix holds
    /// @param progress how far campaigns are with a device, for the pages of its cases
    public Service(Database database, Devices devices, Events events, MeterRegistry meters,
            InstantSource clock, FaultHistory history, FixProgress progress, ServiceConfig config) {
        this.tickets = new TicketDesk(database, devices, events, meters, clock, history, progress,
                config.policy(),
                config.reopenWithin(), config.lookEvery());
    }

    /// Binds the operations of `openapi/service.yaml`.
    public void bind(Operations operations) {
        tickets.bind(operations);
    }

    /// Names this as the receiver of `fault.raised`, `fault.reraised`, `fault.escalated`, `fault.deescalated`, `fault.cleared`,
    /// `fix.scheduled`, `fix.withheld`, `fix.installed`, `fix.failed`, `incident.joined`, `incident.left` and `incident.resolved`; before the relay
    /// starts. In return the outbox gets `ticket.opened`.
    ///
    /// @param admission what stands between faults and the desk
    public void subscribe(OutboxRelay relay, FaultAdmission admission) {
        tickets.subscribe(relay, admission);
    }

    /// Begins to act on what comes due.
    public void start() {
        tickets.start();
    }

    @Override
    public void close() {
        tickets.close();
    }
}
