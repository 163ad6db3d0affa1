package io.aftercare.service.ticket;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.Objects;

/// What people arrange about cases, by HTTP (`openapi/service/cases.yaml`).
final class CareRoutes {
    private final Changes changes;
    private final Intakes intakes;
    private final Merging merging;

    CareRoutes(Changes changes, Intakes intakes, Merging merging) {
        this.changes = changes;
        this.intakes = intakes;
        this.merging = merging;
    }

    void bind(Operations operations) {
        operations.on("matchTicket", this::match).on("escalateTicket", this::escalate)
                .on("acknowledgeTicketEscalation", this::acknowledge).on("snoozeTicket", this::snooze)
                .on("wakeTicket", this::wake).on("mergeTicket", this::merge)
                .on("unmergeTicket", this::unmerge);
    }

    private Response match(Request request) {
        var device = intakes.required(request.body(TicketBodies.Match.class).device(), request.principal());
        return changes.answer(request, new TicketEvent.Matched(device), "ticket.match",
                Json.object().put("device", device.value()));
    }

    private Response escalate(Request request) {
        String reason = reason(request);
        return changes.answer(request, new TicketEvent.Escalated(reason), "ticket.escalate",
                Json.object().put("reason", reason));
    }

    private Response acknowledge(Request request) {
        return changes.answer(request, new TicketEvent.Acknowledged(), "ticket.acknowledge", null);
    }

    private Response snooze(Request request) {
        TicketBodies.Snooze asked = request.body(TicketBodies.Snooze.class);
        return changes.answer(request,
                new TicketEvent.Snoozed(asked.until(), Objects.requireNonNullElse(asked.reason(), "")),
                "ticket.snooze", Json.object().put("until", asked.until().toString()));
    }

    private Response wake(Request request) {
        return changes.answer(request, new TicketEvent.Woken("Woken by hand", "hand"), "ticket.wake", null);
    }

    private Response merge(Request request) {
        TicketBodies.Merge asked = request.body(TicketBodies.Merge.class);
        return changes.answer(request,
                handle -> merging.merge(handle, request, request.path("id"), asked.into(),
                        asked.reason().strip()));
    }

    private Response unmerge(Request request) {
        String reason = reason(request);
        return changes.answer(request,
                handle -> merging.unmerge(handle, request, request.path("id"), reason));
    }

    private static String reason(Request request) {
        return request.body(TicketBodies.Reason.class).reason().strip();
    }
}
