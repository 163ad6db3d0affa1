package io.aftercare.service.escalation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.sla.ClockLooks;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Escalation;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tells people of clocks before and when they run out, as the policy of each clock says. What is due stands in the database, so a
/// restart forgets nothing, and each step is told once.
final class EscalationWatch {
    private static final int BATCH_MAX = 100;
    private static final int BREACH_PERCENT = 100;

    private final DeskGround ground;
    private final Cases cases;

    EscalationWatch(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    /// Who is told: users by name, or everybody of a role.
    private record Addressee(@Nullable String user, String role) {
        String text() {
            return user == null ? role : user;
        }
    }

    /// Looks at no more than [#BATCH_MAX] cases.
    ///
    /// @return whether there may be more
    boolean runDue() {
        Instant now = ground.now();
        List<Long> due = ground.database().jdbi()
                .withHandle(handle -> ClockLooks.due(handle, now, BATCH_MAX));
        due.forEach(id -> ground.database().useTransaction(
                handle -> cases.lock(handle, id).ifPresent(ticket -> look(handle, ticket, now))));
        return due.size() == BATCH_MAX;
    }

    private void look(Handle handle, Ticket ticket, Instant now) {
        List<ClockLooks.Reached> reached = ClockLooks.take(handle, ticket.id(), now);
        reached.forEach(step -> tell(handle, ticket, step, now));
        Escalation known = ticket.handling().escalation();
        boolean waits = known != null && known.isPending();
        reached.stream().filter(step -> step.step().percent() >= BREACH_PERCENT).findFirst()
                .filter(_ -> !waits && ticket.state().isOpen())
                .ifPresent(step -> cases.escalate(handle, ticket,
                        "The time for " + step.type().text() + " has run out", "time",
                        step.type().text(), Actor.SYSTEM));
    }

    private void tell(Handle handle, Ticket ticket, ClockLooks.Reached step, Instant now) {
        Addressee to = addressee(handle, ticket, step);
        boolean breached = step.step().percent() >= BREACH_PERCENT;
        ObjectNode payload = Json.object().put("role", to.user() == null ? to.role() : null)
                .put("template", breached ? "clock-breached" : "clock-at-risk")
                .put("ticket", Long.toString(ticket.id()));
        if (to.user() != null) {
            payload.putArray("users").add(to.user());
        }
        payload.putObject("params").put("number", ticket.number()).put("clock", step.type().text())
                .put("percent", Integer.toString(step.step().percent())).put("due", step.due().toString());
        Outbox.append(handle, "notice.staff", "clock/" + ticket.id() + "/" + step.type().text() + "/"
                + step.round() + "/" + step.step().percent() + "/" + step.step().to().text(), payload);
        cases.note(handle, ticket.id(), Actor.SYSTEM, new Note(now, "clock-escalated",
                step.type().text() + ": " + step.step().percent() + " % of its time is used; told "
                        + to.text(),
                Json.object().put("clock", step.type().text()).put("percent", step.step().percent())
                        .put("told", to.text())));
    }

    private static Addressee addressee(Handle handle, Ticket ticket, ClockLooks.Reached step) {
        String device = ticket.report().serial();
        return switch (step.step().to()) {
            case OWNER -> user(Optional.ofNullable(ticket.progress().owner()));
            case OUTLET_MANAGER -> user(OrgUnits.manager(handle, device, OrgUnit.Kind.OUTLET));
            case REGION_MANAGER -> user(OrgUnits.manager(handle, device, OrgUnit.Kind.REGION));
            case HEADQUARTERS_MANAGER -> user(OrgUnits.manager(handle, device, OrgUnit.Kind.HEADQUARTERS));
            case COORDINATOR -> new Addressee(null, "coordinator");
            case ADMIN -> new Addressee(null, "admin");
        };
    }

    private static Addressee user(Optional<String> name) {
        return new Addressee(name.orElse(null), "coordinator");
    }
}
