package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.runbook.Preconditions.Failure;
import io.aftercare.service.runbook.Suggestions.Candidate;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Fix;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes through what a fault's rule suggests: begins the first runbook that may begin by itself, tries the next where one did not
/// help, and sends somebody where none is left and the rule says so. Each look is told by the outbox, once for each occasion.
final class Remedies {
    static final String CONSIDER = "runbook.consider";
    private static final Logger LOG = LoggerFactory.getLogger(Remedies.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final int BATCH_MAX = 100;

    private final DeskGround ground;
    private final Cases cases;
    private final Runs runs;
    private final Suggestions suggestions;

    Remedies(DeskGround ground, Cases cases, Runs runs, Suggestions suggestions) {
        this.ground = ground;
        this.cases = cases;
        this.runs = runs;
        this.suggestions = suggestions;
    }

    /// A case changed: one that is opened, or taken back from what mended it, is looked at; one that is over needs no run.
    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        boolean reopened = before != null && before.state() != TicketState.REOPENED
                && after.state() == TicketState.REOPENED;
        if (reopened) {
            RunStore.returned(handle, after.id(), ground.now());
        }
        Fix fix = after.fix();
        boolean wants = before == null || reopened && fix != null && fix.runbook() != null;
        if (wants
                && Suggestions.remedies(after.signal()).stream().anyMatch(one -> !one.runbook().isEmpty())) {
            consider(handle, after.id(), before == null ? "opened" : "reopened/" + after.version(),
                    before != null);
        }
        if (before != null && before.state().isOpen() && !after.state().isOpen()) {
            RunStore.openRemote(handle, after.id()).forEach(id -> RunStore.lock(handle, id)
                    .ifPresent(run -> runs.apply(handle, after, run,
                            new RunEvent.CaseOver("the case is " + after.state().text()), actor)));
        }
    }

    /// A run ended: where it did not help, the next remedy has its turn.
    void finished(Handle handle, Ticket ticket, Run run) {
        Run.End end = run.end();
        boolean failed = run.state() == RunState.FAILED || end != null && end.result() == Result.NOT_FIXED;
        if (failed && ticket.signal() != null) {
            consider(handle, ticket.id(), "after/" + run.head().id(), true);
        }
    }

    private static void consider(Handle handle, long ticket, String why, boolean tried) {
        Outbox.append(handle, CONSIDER, "ticket/" + ticket + "/" + why,
                Json.object().put("ticket", ticket).put("tried", tried));
    }

    /// Looks at a case, as the outbox tells.
    void consider(Handle handle, JsonNode payload) {
        cases.lock(handle, payload.path("ticket").asLong())
                .ifPresent(ticket -> consider(handle, ticket, payload.path("tried").asBoolean(), false));
    }

    /// @param tried   whether something was tried and did not help, or was waited for long enough
    /// @param waiting whether it was looked at before, so that nothing is told twice
    private void consider(Handle handle, Ticket ticket, boolean tried, boolean waiting) {
        Fix fix = ticket.fix();
        if (!ticket.state().isOpen() || fix != null && fix.isActive()
                || !RunStore.openRemote(handle, ticket.id()).isEmpty()) {
            WishStore.drop(handle, ticket.id());
            return;
        }
        List<Candidate> left = suggestions.named(handle, ticket).stream().filter(one -> !one.tried())
                .toList();
        Optional<Candidate> ready = left.stream().filter(Candidate::isReady).findFirst();
        if (ready.isPresent()) {
            WishStore.drop(handle, ticket.id());
            begin(handle, ticket, ready.get());
            return;
        }
        boolean passes = left.stream().anyMatch(one -> one.failed().stream().allMatch(Failure::passes));
        if (!waiting) {
            left.forEach(one -> cannotBegin(handle, ticket, one));
            if (passes) {
                WishStore.add(handle, ticket.id(), ground.now().plus(LOOK_AGAIN),
                        ground.now().plus(PATIENCE));
            }
        }
        if (tried && (waiting || !passes)) {
            none(handle, ticket);
        }
    }

    private void begin(Handle handle, Ticket ticket, Candidate one) {
        if (!one.auto() || !one.unattended()) {
            note(handle, ticket,
                    "Runbook " + one.runbook().name() + " may help; it waits for somebody to begin it"
                            + (one.auto() ? ", because not all that it does may be done unasked" : ""),
                    Json.object().put("says", one.auto() ? "not-unasked" : "may-help").put("runbook",
                            one.runbook().name()));
            return;
        }
        Run run = runs.begin(handle, ticket, one.runbook(), one.procedure(), one.facts(), Asker.RULE,
                Actor.SYSTEM);
        Audit.append(handle, Principal.SYSTEM, "runbook.start", "ticket/" + ticket.id(),
                Json.object().put("runbook", one.runbook().name()).put("edition", one.runbook().edition())
                        .put("run", run.head().id())
                        .put("rule", ticket.signal() == null ? "" : ticket.signal().rule()));
    }

    private void none(Handle handle, Ticket ticket) {
        if (Suggestions.remedies(ticket.signal()).stream().anyMatch(Suggestions.Remedy::dispatch)) {
            cases.dispatch(handle, ticket, "No runbook mended it.");
        } else {
            note(handle, ticket, "No runbook is left that may help; the desk decides what to do",
                    Json.object().put("says", "none-left"));
        }
    }

    private void cannotBegin(Handle handle, Ticket ticket, Candidate one) {
        ObjectNode told = Json.object().put("says", "cannot-begin").put("runbook", one.runbook().name());
        told.set("failures", Json.tree(one.failed()));
        note(handle, ticket, "Runbook " + one.runbook().name() + " cannot begin: "
                + one.failed().stream().map(Failure::text).collect(Collectors.joining("; ")), told);
    }

    private void note(Handle handle, Ticket ticket, String text, ObjectNode told) {
        cases.note(handle, ticket.id(), Actor.SYSTEM, new Note(ground.now(), "runbook", text, told));
    }

    /// Looks again at no more than 100 cases whose runbook could not begin.
    ///
    /// @return whether there may be more
    boolean runDue() {
        Instant now = ground.now();
        List<Long> due = ground.database().jdbi().withHandle(handle -> WishStore.due(handle, now, BATCH_MAX));
        return due.stream().filter(this::looked).count() == BATCH_MAX;
    }

    private boolean looked(long ticket) {
        try {
            ground.database().useTransaction(handle -> cases.lock(handle, ticket).ifPresent(found -> {
                boolean over = WishStore.again(handle, ticket, ground.now(),
                        ground.now().plus(LOOK_AGAIN));
                consider(handle, found, over, true);
            }));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Runbooks for {} cannot be considered now", Ticket.number(ticket), e);
            return false;
        }
    }
}
