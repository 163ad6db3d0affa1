package io.aftercare.service.escalation;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.sla.ClockType;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Watches over clocks (`openapi/service/escalation.yaml`): tells people before and when they run out, and puts a case's clocks under the
/// policy of today where a person asks for it.
public final class EscalationRoom implements Room {
    private final DeskGround ground;
    private final Cases cases;
    private final CaseClocks clocks;
    private final OrgRoutes units;
    private final BackgroundLoop loop;

    /// @param every how often what has come due is looked for
    public EscalationRoom(DeskGround ground, Cases cases, CaseClocks clocks, Duration every) {
        this.ground = ground;
        this.cases = cases;
        this.clocks = clocks;
        this.units = new OrgRoutes(ground);
        EscalationWatch watch = new EscalationWatch(ground, cases);
        this.loop = new BackgroundLoop("escalation", every, watch::runDue);
    }

    @Override
    public void bind(Operations operations) {
        operations.on("recalculateTicketClocks", this::recalculate);
        units.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    private Response recalculate(Request request) {
        String reason = request.json().path("reason").asText();
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            List<ClockType> changed = clocks.recalculate(handle, ticket.id());
            String names = changed.stream().map(ClockType::text).collect(Collectors.joining(", "));
            if (!changed.isEmpty()) {
                cases.note(handle, ticket.id(), new Actor(request.principal(), request.address()),
                        new Note(ground.now(), "clocks-recalculated", names + ": " + reason, null));
            }
            Audit.append(handle, new Audit.Entry(request.principal(), "ticket.clocks.recalculate",
                    "ticket/" + ticket.id(), Json.object().put("reason", reason).put("clocks", names),
                    request.address()));
            return Response.ok(Json.object().set("changed", Json.tree(changed)));
        });
    }
}
