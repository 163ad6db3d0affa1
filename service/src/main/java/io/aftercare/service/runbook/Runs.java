package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.runbook.RunFlow.Done;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins runs and carries out what [RunFlow] decides: the run, the case's timeline and the wishes for actions in one
/// transaction. What is asked of devices goes through the outbox, under a key of the step, so that a crash anywhere asks for it
/// once. Thread-safe: the case is locked before its run.
final class Runs {
    static final String REQUEST = "runbook.request";
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int BATCH_MAX = 100;

    private final DeskGround ground;
    private final Cases cases;
    private final World world;
    private final RemoteActions remote;
    private final Deque<FinishListener> listeners = new ArrayDeque<>();

    /// Hears of runs that ended, in the transaction that ends them.
    @FunctionalInterface
    interface FinishListener {
        void finished(Handle handle, Ticket ticket, Run run);
    }

    Runs(DeskGround ground, Cases cases, World world, RemoteActions remote) {
        this.ground = ground;
        this.cases = cases;
        this.world = world;
        this.remote = remote;
    }

    /// Before the first run.
    void listen(FinishListener listener) {
        listeners.add(listener);
    }

    /// Begins a run of an edition for a case that this transaction has locked, and whose preconditions hold.
    Run begin(Handle handle, Ticket ticket, Runbook runbook, Procedure procedure, Preconditions.Facts facts,
            Asker who,
            Actor actor) {
        Instant now = ground.now();
        Signal signal = ticket.signal();
        DeviceId device = ticket.report().device();
        Run.Head head = new Run.Head(RunStore.nextId(handle), ticket.id(),
                device == null ? "" : device.value(),
                facts.model(), signal == null ? "" : signal.code(), runbook.id(), runbook.edition(),
                runbook.name(),
                who, who.equals(Asker.RULE), now);
        Map<String, Double> before = world.before(ticket, procedure, now);
        Done begun = RunFlow.begin(procedure, head, facts.classes(), before);
        RunStore.insert(handle, begun.run(), !procedure.isManual());
        return carryOut(handle, ticket, procedure, stored(begun.run()), begun.effects(), actor);
    }

    /// Lets an event happen to a run of a case that this transaction has locked.
    ///
    /// @return the run afterwards; a [Problem] 409 where it may not happen
    Run apply(Handle handle, Ticket ticket, Run run, RunEvent event, Actor actor) {
        Procedure procedure = procedure(handle, run);
        return switch (RunFlow.next(procedure, run, event, ground.now())) {
            case RunFlow.Refused refused -> throw Problem.conflict(refused.why());
            case Done done -> {
                if (done.run().equals(run) && done.effects().isEmpty()) {
                    yield run;
                }
                RunStore.update(handle, done.run());
                yield carryOut(handle, ticket, procedure, stored(done.run()), done.effects(), actor);
            }
        };
    }

    static Procedure procedure(Handle handle, Run run) {
        return RunbookStore.edition(handle, run.head().runbook(), run.head().edition()).procedure();
    }

    private static Run stored(Run run) {
        return new Run(run.head(), run.version() + 1, run.state(), run.at(), run.memory(), run.lines(),
                run.end());
    }

    private Run carryOut(Handle handle, Ticket ticket, Procedure procedure, Run first, List<Effect> effects,
            Actor actor) {
        Run run = first;
        Deque<Effect> open = new ArrayDeque<>(effects);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case Effect.Tell tell -> cases.note(handle, ticket.id(), actor, new Note(tell.at(), "runbook",
                        tell.text(), data(run, tell.data())));
                case Effect.Request request -> Outbox.append(handle, REQUEST,
                        "runbook/" + run.head().id() + "/"
                                + request.visit() + "/" + request.tries(),
                        Json.object().put("run", run.head().id()).put("visit", request.visit()));
                case Effect.Look look -> {
                    Instant now = ground.now();
                    Verdict verdict = Judge.judge(look.condition(),
                            world.look(handle, run, look.condition(), now), run, now);
                    Done done = (Done) RunFlow.next(procedure, run, new RunEvent.Looked(verdict), now);
                    RunStore.update(handle, done.run());
                    run = stored(done.run());
                    open.addAll(done.effects());
                }
                case Effect.Finish finish -> finished(handle, ticket, procedure, run, finish);
            }
        }
        tell(handle, run);
        return run;
    }

    private static ObjectNode data(Run run, @Nullable JsonNode more) {
        ObjectNode data = more instanceof ObjectNode object ? object : Json.object();
        return data.put("run", Long.toString(run.head().id())).put("runbook", run.head().name());
    }

    private void finished(Handle handle, Ticket ticket, Procedure procedure, Run run, Effect.Finish finish) {
        Result result = finish.end().result();
        if (result == null) {
            listeners.forEach(listener -> listener.finished(handle, ticket, run));
            return;
        }
        String reason = "Runbook " + run.head().name() + ": "
                + (finish.end().reason().isEmpty() ? result.text() : finish.end().reason());
        switch (result) {
            case FIXED -> {
                if (ticket.signal() != null) {
                    cases.mended(handle, ticket,
                            new Cases.Mend(Long.toString(run.head().id()), run.head().name(),
                                    finish.acted(), procedure.about().soak(), finish.evidence()));
                }
            }
            case ESCALATE -> {
                if (ticket.state().isOpen()) {
                    cases.escalate(handle, ticket, reason, "runbook", null, Actor.SYSTEM);
                }
            }
            case DISPATCH -> cases.dispatch(handle, ticket, reason);
            case NOT_FIXED, COMPLETED -> {
            }
        }
        listeners.forEach(listener -> listener.finished(handle, ticket, run));
    }

    private void tell(Handle handle, Run run) {
        String outlet = run.head().device().isEmpty()
                ? ""
                : ground.devices().find(new DeviceId(run.head().device())).map(device -> device.outlet())
                        .orElse("");
        ObjectNode data = Json.object().put("run", Long.toString(run.head().id()))
                .put("ticket", Long.toString(run.head().ticket())).put("state", run.state().text())
                .put("step", run.at().step());
        handle.afterCommit(
                () -> ground.events().publish("runbook.changed", data,
                        principal -> principal.seesOutlet(outlet)));
    }

    /// Asks for the action of a step, as the outbox tells; asked again, the same key gives the same action.
    void request(Handle handle, JsonNode payload) {
        Optional<Run> found = RunStore.find(handle, payload.path("run").asLong());
        int visit = payload.path("visit").asInt();
        if (found.isEmpty() || !found.get().isOpen() || found.get().at().visit() != visit
                || !(procedure(handle, found.get()).step(found.get().at().step()) instanceof Step.Act act)) {
            return; // it went on, or was stopped
        }
        Run run = found.get();
        DeviceId device = new DeviceId(run.head().device());
        RemoteActions.Answer answer = remote.request(new RemoteActions.Wanted(
                "runbook:" + run.head().id() + "/" + visit, device, act.action(), act.params(),
                Long.toString(run.head().ticket()), act.expiresIn(),
                run.at().isConfirmed() ? device.value() : null,
                run.at().asker().principal()));
        RunEvent event = switch (answer) {
            case RemoteActions.Asked asked -> new RunEvent.Accepted(visit, asked);
            case RemoteActions.Refused refused -> new RunEvent.Denied(visit, refused.status(), refused.why());
        };
        happen(handle, run.head().id(), event);
    }

    /// Takes the end of an action; of one that no run waits for, nothing.
    void ended(Handle handle, JsonNode payload) {
        String action = payload.path("action").asText();
        RunStore.ofAction(handle, action).ifPresent(id -> happen(handle, id, new RunEvent.Ended(action,
                payload.path("state").asText(), payload.hasNonNull("output") ? payload.get("output") : null,
                payload.hasNonNull("error") ? payload.get("error").asText() : null)));
    }

    /// Lets something happen to a run by itself: the case first, then the run.
    void happen(Handle handle, long id, RunEvent event) {
        RunStore.find(handle, id).flatMap(run -> cases.lock(handle, run.head().ticket()))
                .ifPresent(ticket -> RunStore.lock(handle, id)
                        .ifPresent(run -> apply(handle, ticket, run, event, Actor.SYSTEM)));
    }

    /// Goes on with at most 100 runs whose time has come.
    ///
    /// @return whether there may be more
    boolean runDue() {
        List<Long> due = ground.database().jdbi()
                .withHandle(handle -> RunStore.due(handle, ground.now(), BATCH_MAX));
        return due.stream().filter(this::wentOn).count() == BATCH_MAX;
    }

    // one run that cannot go on now holds up no other
    private boolean wentOn(long id) {
        try {
            ground.database().useTransaction(handle -> happen(handle, id, new RunEvent.Due()));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The run {} of a runbook cannot go on now", id, e);
            return false;
        }
    }
}
