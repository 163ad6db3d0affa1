package io.aftercare.service.followup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Customer;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is planned with customers, and what comes of it. Works in the caller's transaction. Thread-safe.
public final class FollowUps {
    /// How long after its solution a customer is asked whether it holds (R40).
    private static final Duration CALL_BACK_AFTER = Duration.ofDays(2);
    private static final int BATCH_MAX = 100;

    private final DeskGround ground;
    private final Cases cases;

    FollowUps(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    /// Plans a call about a case within `within` from now.
    public void callBack(Handle handle, long ticket, String reason, Duration within) {
        add(handle, new FollowUp.Wanted(FollowUp.CALL_BACK, ticket, null, reason, null,
                ground.now().plus(within)), Actor.SYSTEM);
    }

    FollowUp add(Handle handle, FollowUp.Wanted wanted, Actor actor) {
        Long ticket = wanted.ticket();
        String customer = wanted.customer() == null && ticket != null
                ? Customers.ofTicket(handle, ticket).map(Customer::id).orElse(null)
                : wanted.customer();
        FollowUp planned = FollowUpStore.insert(handle, new FollowUp.Wanted(wanted.kind(), ticket, customer,
                wanted.reason(), wanted.assignee(), wanted.due()), ground.now());
        if (ticket != null && actor.isPerson()) {
            cases.note(handle, ticket, actor, new Note(ground.now(), "follow-up",
                    "Planned: " + wanted.kind() + ", " + wanted.reason(),
                    Json.object().put("followUp", Long.toString(planned.id())).put("planned", wanted.kind())
                            .put("words", wanted.reason())));
        }
        return planned;
    }

    /// Plans a call when a customer's case is solved; a case that goes on needs none.
    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        if (before == null || before.state() == after.state() || after.report().contact() == null) {
            return;
        }
        if (after.state() == TicketState.RESOLVED) {
            add(handle, new FollowUp.Wanted(FollowUp.CALL_BACK, after.id(), null,
                    "Ask whether the solution holds, and how satisfied the customer is",
                    after.progress().owner(),
                    ground.now().plus(CALL_BACK_AFTER)), Actor.SYSTEM);
        } else if (after.state().isOpen() && before.state().isSolved()) {
            FollowUpStore.cancelOpen(handle, after.id(), "The case was reopened", actor.name(), ground.now());
        }
    }

    /// Writes what came of it. A customer who is not satisfied has the case reopened (R38).
    FollowUp done(Handle handle, FollowUp planned, @Nullable Integer satisfaction, String result,
            Actor actor) {
        FollowUp done = FollowUpStore.end(handle, planned.id(), FollowUp.DONE, satisfaction, result,
                actor.name(),
                ground.now());
        if (planned.ticket() != null) {
            Ticket ticket = cases.lock(handle, Long.parseLong(planned.ticket())).orElseThrow();
            String mark = satisfaction == null ? "" : " (satisfaction " + satisfaction + " of 5)";
            Ticket spoken = cases.spoken(handle, ticket, "Follow-up: " + result + mark, actor);
            if (satisfaction != null && satisfaction <= FollowUp.DISSATISFIED_MAX
                    && spoken.state().isSolved()) {
                cases.move(handle, spoken, TicketState.REOPENED, "The customer is not satisfied: " + result,
                        actor);
            }
        }
        return done;
    }

    /// Reminds those whose follow-ups have come due.
    ///
    /// @return whether there may be more
    boolean remind(Handle handle) {
        Instant now = ground.now();
        List<FollowUp> due = FollowUpStore.takeDue(handle, now, BATCH_MAX);
        for (FollowUp one : due) {
            ObjectNode notice = Json.object().put("template", "follow-up-due").put("ticket", one.ticket());
            if (one.assignee() == null) {
                notice.put("role", "coordinator");
            } else {
                notice.putArray("users").add(one.assignee());
            }
            notice.putObject("params").put("kind", one.kind()).put("reason", one.reason());
            Outbox.append(handle, "notice.staff",
                    "follow-up/" + one.id() + "/due/" + one.due().toEpochMilli(),
                    notice);
        }
        return due.size() == BATCH_MAX;
    }
}
