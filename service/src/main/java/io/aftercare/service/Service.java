package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.sla.ClockPlans;
import io.aftercare.service.quality.FaultStatistics;
import io.aftercare.service.remote.RemoteRoom;
import io.aftercare.service.runbook.RemoteActions;
import io.aftercare.service.runbook.RunbookRoom;
import io.aftercare.service.ticket.FaultAdmission;
import io.aftercare.service.ticket.FaultHistory;
import io.aftercare.service.ticket.FixProgress;
import io.aftercare.service.ticket.TicketDesk;
import io.aftercare.service.ticket.TicketState;
import java.util.List;

/// The after-sales desk, wired by hand: the only place where its rooms meet. Thread-safe.
public final class Service implements AutoCloseable {
    /// The parts of the OpenAPI document that describe it.
    public static final List<String> DOCUMENTS = List.of("service", "service/presence", "service/link",
            "service/view",
            "service/attachment", "service/cases", "service/warranty",
            "service/rma",
            "service/loaner",
            "service/workorder", "service/engineer",
            "service/notice", "service/webhook",
            "service/part", "service/stock", "service/supplier", "service/quote", "service/requisition",
            "service/mail",
            "service/portal", "service/intake",
            "service/customer", "service/complaint", "service/followup", "service/survey",
            "service/improvement",
            "service/knowledge", "service/runbook", "service/datause",
            "service/consent",
            "service/cost", "service/calendars", "service/sla",
            "service/escalation", "service/emergency", "service/casefile", "service/quality");

    private final TicketDesk tickets;
    private final List<Room> rooms;

    /// @param history  where faults are kept, for the proof that a fix holds
    /// @param progress how far campaigns are with a device, for the pages of its cases
    /// @param faults   how often devices failed, for reports
    /// @param remote   what asks devices for something, for runbooks
    public Service(DeskGround ground, FaultHistory history, FixProgress progress, FaultStatistics faults,
            RemoteActions remote, ServiceConfig config) {
        ClockPlans plans = new ClockPlans(Deadlines::grade);
        CaseClocks clocks = new CaseClocks(plans,
                state -> TicketState.parse(state).orElseThrow().pausesClocks());
        this.tickets = new TicketDesk(ground, history, progress, plans, config.reopenWithin(),
                config.lookEvery());
        FieldService field = new FieldService(ground, tickets.cases(), clocks, config);
        CaseTools tools = new CaseTools(ground, tickets.cases(), config.attachments());
        RemoteRoom actions = new RemoteRoom(ground, tickets.cases());
        RunbookRoom runbooks = new RunbookRoom(ground, tickets.cases(), history, remote, config.lookEvery());
        actions.onEnded(runbooks::ended);
        this.rooms = List.of(tools, actions, runbooks,
                new Records(ground, tickets.cases(), field.orders(), faults, config),
                new WarrantyCare(ground, tickets.cases(), clocks, config), field,
                new Channels(ground, tickets.cases(), field.orders(), tools.files(), config.channels(),
                        config.lookEvery()),
                new Supplies(ground, tickets.cases(), field.orders(), config),
                new CustomerCare(ground, tickets.cases(), config.lookEvery()),
                new Deadlines(ground, tickets, clocks, config.lookEvery()));
    }

    /// Binds the operations of [#DOCUMENTS].
    public void bind(Operations operations) {
        tickets.bind(operations);
        rooms.forEach(room -> room.bind(operations));
    }

    /// Names this as the receiver of `fault.raised`, `fault.reraised`, `fault.escalated`, `fault.deescalated`, `fault.cleared`,
    /// `fix.scheduled`, `fix.withheld`, `fix.installed`, `fix.failed`, `action.asked`, `action.ended`, `incident.joined`, `incident.left` and `incident.resolved`, and
    /// of what its rooms tell each other; before the relay starts. In return the outbox gets `ticket.opened`.
    ///
    /// @param admission what stands between faults and the desk
    public void subscribe(OutboxRelay relay, FaultAdmission admission) {
        tickets.subscribe(relay, admission);
        rooms.forEach(room -> room.subscribe(relay));
    }

    /// Begins to act on what comes due.
    public void start() {
        tickets.start();
        rooms.forEach(Room::start);
    }

    @Override
    public void close() {
        rooms.reversed().forEach(Room::close);
        tickets.close();
    }
}
