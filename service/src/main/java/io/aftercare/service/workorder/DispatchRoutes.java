package io.aftercare.service.workorder;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Cause;
import io.aftercare.service.ticket.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The technical review (R29), who could go (R28), and sending one. Each write is one transaction with its audit entry.
final class DispatchRoutes {
    private final DeskGround ground;
    private final OrderDesk desk;
    private final Crew crew;

    DispatchRoutes(DeskGround ground, OrderDesk desk, Crew crew) {
        this.ground = ground;
        this.desk = desk;
        this.crew = crew;
    }

    void bind(Operations operations) {
        operations.on("reviewWorkOrder", this::review).on("listWorkOrderCandidates", this::candidates)
                .on("dispatchWorkOrder", this::dispatch).on("withdrawWorkOrder", this::withdraw);
    }

    private record Review(String decision, @Nullable String text) {}

    private record Send(String engineer, Instant start, Instant end) {}

    private record Reason(String reason) {}

    /// @param refused those who cannot go, with why
    private record Candidates(List<Ranking.Candidate> candidates, List<Ranking.Candidate> refused,
            Crew.Tools tools) {}

    private Response review(Request request) {
        Review asked = request.body(Review.class);
        String text = Objects.requireNonNullElse(asked.text(), "").strip();
        boolean approve = asked.decision().equals("approve");
        if (!approve && text.isEmpty()) {
            throw Problem.invalid("text", "say what the customer is to be asked");
        }
        OrderEvent event = approve
                ? new OrderEvent.Approve(request.principal().name(), text)
                : new OrderEvent.Ask(text);
        return change(request, "work-order.review", asked, (_, _) -> event);
    }

    private Response candidates(Request request) {
        Slot slot = slot(OrderQuery.instant(request, "start").orElseThrow(() -> needed("start")),
                OrderQuery.instant(request, "end").orElseThrow(() -> needed("end")));
        return Response.ok(ground.database().inTransaction(handle -> {
            WorkOrder order = OrderReader.visible(handle, request);
            List<Ranking.Candidate> all = ranked(handle, order, slot);
            return new Candidates(all.stream().filter(Ranking.Candidate::fits).toList(),
                    all.stream().filter(one -> !one.fits()).toList(),
                    crew.tools(handle, order.job().detail().tools(), slot));
        }));
    }

    private Response dispatch(Request request) {
        Send asked = request.body(Send.class);
        Slot slot = slot(asked.start(), asked.end());
        if (!slot.end().isAfter(ground.now())) {
            throw Problem.invalid("end", "is past");
        }
        return change(request, "work-order.dispatch", asked, (handle, order) -> {
            Crew.Member chosen = crew.members(handle, order.job().model(), slot).stream()
                    .filter(one -> one.name().equals(asked.engineer())).findFirst()
                    .orElseThrow(
                            () -> Problem.invalid("engineer", "there is no engineer " + asked.engineer()));
            List<Cause> refusals = ranked(handle, order, slot).stream()
                    .filter(one -> one.engineer().equals(chosen.name()))
                    .flatMap(one -> one.causes().stream()).toList();
            Crew.Tools tools = crew.tools(handle, order.job().detail().tools(), slot);
            if (!refusals.isEmpty() || tools.refuse() && !tools.causes().isEmpty()) {
                throw Problem.conflict(chosen.name() + " cannot be sent with " + order.number() + ": "
                        + Cause.joined(refusals.isEmpty() ? tools.causes() : refusals));
            }
            return new OrderEvent.Dispatch(new Assignment(chosen.name(), chosen.number(), slot, null));
        });
    }

    private Response withdraw(Request request) {
        Reason asked = request.body(Reason.class);
        return change(request, "work-order.withdraw", asked, (_, order) -> {
            OrderActs.requireEngineer(request, order);
            return new OrderEvent.Withdraw(asked.reason().strip());
        });
    }

    private List<Ranking.Candidate> ranked(Handle handle, WorkOrder order, Slot slot) {
        return Ranking.rank(order.job(), crew.members(handle, order.job().model(), slot),
                OrderFigures.load(handle), OrderStore.clashes(handle, slot, order.id()));
    }

    @FunctionalInterface
    private interface Decide {
        OrderEvent event(Handle handle, WorkOrder order);
    }

    private Response change(Request request, String action, Object detail, Decide decide) {
        return ground.database().inTransaction(handle -> {
            WorkOrder before = desk.locked(handle, OrderReader.visible(handle, request));
            OrderReader.requireVersion(request, before);
            WorkOrder after = desk.apply(handle, before, decide.event(handle, before),
                    new Actor(request.principal(), request.address()));
            Audit.append(handle, new Audit.Entry(request.principal(), action, "work-order/" + after.id(),
                    Json.tree(detail), request.address()));
            return Response.versioned(OrderView.of(after), after.version());
        });
    }

    private static Problem needed(String name) {
        return Problem.invalid(name, "a time such as 2026-11-02T09:00:00Z is needed");
    }

    static Slot slot(Instant start, Instant end) {
        try {
            return new Slot(start, end);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("end", String.valueOf(e.getMessage()));
        }
    }
}
