package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.DeskGround;
import io.aftercare.service.sla.ClockPlans;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Cases as the rest of the backend meets them: their operations, what they want to hear from the outbox, and the loop
/// that acts when time passes.
public final class TicketDesk implements AutoCloseable {
    private final TicketRoutes routes;
    private final CareRoutes care;
    private final BulkRoutes bulk;
    private final CountRoutes counts;
    private final Cases cases;
    private final FaultDesk faults;
    private final IncidentDesk incidents;
    private final BackgroundLoop loop;
    private final Timer faultToTicket;

    /// @param reopenWithin how long after its solution a case is reopened by its fault instead of a new one opened
    /// @param interval     how often the loop looks for what has come due
    public TicketDesk(DeskGround ground, FaultHistory history, FixProgress progress, ClockPlans plans,
            Duration reopenWithin, Duration interval) {
        Database database = ground.database();
        Rooms rooms = new Rooms();
        Tickets tickets = new Tickets(plans, TicketNews.of(ground.events(), ground.devices()), rooms,
                ground.clock());
        TicketReader reader = new TicketReader(ground.devices(), tickets, progress, rooms);
        SoakWatch soaks = new SoakWatch(database, tickets, history);
        BreachWatch breaches = new BreachWatch(database, tickets);
        Intakes intakes = new Intakes(ground.devices());
        Changes changes = new Changes(database, tickets, reader);
        SnoozeWatch snoozes = new SnoozeWatch(database, tickets);
        this.routes = new TicketRoutes(database, intakes, tickets, reader, changes);
        Merging merging = new Merging(tickets, reader, changes);
        this.bulk = new BulkRoutes(database, reader, changes, merging);
        this.counts = new CountRoutes(database);
        this.care = new CareRoutes(changes, intakes, merging);
        this.cases = new Cases(tickets, reader, rooms, new NoteNews(ground.events(), ground.devices()));
        this.faults = new FaultDesk(tickets, reopenWithin);
        this.incidents = new IncidentDesk(ground.clock());
        this.loop = new BackgroundLoop("service-due", interval,
                () -> soaks.runDue() || breaches.runDue() || snoozes.runDue());
        this.faultToTicket = Timer.builder("aftercare.fault.to.ticket")
                .description("From the commit of a fault to that of its ticket")
                .publishPercentileHistogram().register(ground.meters());
    }

    /// Cases as the other rooms meet them.
    public Cases cases() {
        return cases;
    }

    /// Takes the notice of a fault as though the outbox had told it, for exercises.
    ///
    /// @return the case that was opened, empty where the fault joined one or wants none
    public Optional<Ticket> raise(Handle handle, JsonNode notice) {
        return faults.raised(handle, notice);
    }

    public void bind(Operations operations) {
        routes.bind(operations);
        care.bind(operations);
        bulk.bind(operations);
        counts.bind(operations);
    }

    /// Takes the outbox's topics of faults and fixes; before the relay starts.
    ///
    /// @param admission what stands between faults and the desk
    public void subscribe(OutboxRelay relay, FaultAdmission admission) {
        relay.on("fault.raised", (handle, key, payload) -> {
            if (!admission.admits(handle, "fault.raised", payload)) {
                return;
            }
            Optional<Ticket> opened = faults.raised(handle, payload);
            opened.ifPresent(_ -> measure(handle, key));
            handle.afterCommit(relay::wake); // "ticket.opened" waits in the outbox now
        });
        relay.on("fault.reraised", (handle, _, payload) -> {
            if (admission.admits(handle, "fault.reraised", payload)) {
                faults.raisedAgain(handle, payload);
                handle.afterCommit(relay::wake);
            }
        });
        for (String topic : List.of("fault.escalated", "fault.deescalated")) {
            relay.on(topic, (handle, _, payload) -> {
                if (admission.admits(handle, topic, payload)) {
                    faults.weighed(handle, payload);
                    handle.afterCommit(relay::wake);
                }
            });
        }
        relay.on("fault.cleared", (handle, _, payload) -> {
            if (admission.admits(handle, "fault.cleared", payload)) {
                faults.cleared(handle, payload);
            }
        });
        relay.on("incident.joined", (handle, _, payload) -> incidents.joined(handle, payload));
        relay.on("incident.left", (handle, _, payload) -> incidents.left(handle, payload));
        relay.on("incident.resolved", (handle, _, payload) -> incidents.resolved(handle, payload));
        relay.on("fix.scheduled", (handle, _, payload) -> faults.fixScheduled(handle, payload));
        relay.on("fix.withheld", (handle, _, payload) -> faults.fixWithheld(handle, payload));
        relay.on("fix.installed", (handle, _, payload) -> faults.fixInstalled(handle, payload));
        relay.on("fix.failed", (handle, _, payload) -> faults.fixFailed(handle, payload));
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    // By the database's own clock, which wrote the moment of the fault.
    private void measure(Handle handle, String key) {
        handle.createQuery("""
                SELECT extract(epoch FROM clock_timestamp() - created_at) FROM fleet.outbox
                WHERE topic = 'fault.raised' AND key = :key""").bind("key", key).mapTo(Double.class).findOne()
                .ifPresent(seconds -> handle.afterCommit(
                        () -> faultToTicket.record(Duration.ofNanos((long) (seconds * 1e9)))));
    }
}
