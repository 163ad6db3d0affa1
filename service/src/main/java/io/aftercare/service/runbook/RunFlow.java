package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.runbook.RunEvent.Accepted;
import io.aftercare.service.runbook.RunEvent.Answered;
import io.aftercare.service.runbook.RunEvent.Cancelled;
import io.aftercare.service.runbook.RunEvent.CaseOver;
import io.aftercare.service.runbook.RunEvent.Confirmed;
import io.aftercare.service.runbook.RunEvent.Denied;
import io.aftercare.service.runbook.RunEvent.Due;
import io.aftercare.service.runbook.RunEvent.Ended;
import io.aftercare.service.runbook.RunEvent.Looked;
import io.aftercare.service.runbook.RunEvent.Told;
import io.aftercare.service.runbook.Step.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a run when something happens to it. Pure: the same procedure, run, event and time give the same
/// outcome. What comes late, twice or for another step changes nothing, or is refused with the reason.
final class RunFlow {
    static final Set<String> RESULTS = Set.of("done", "failed", "skipped");
    private static final int TRIES_MAX = 10;
    private static final Duration PUT_OFF = Duration.ofSeconds(30);
    /// An action ends by itself at the latest when its time is over; if nothing was heard by then, it is asked after.
    private static final Duration ASK_AFTER = Duration.ofMinutes(30);
    private static final Duration LOOK_MIN = Duration.ofSeconds(1);
    private static final Duration LOOK_MAX = Duration.ofSeconds(30);
    private static final int LOOKS = 40;
    private static final int OUTPUT_MAX = 2_000;

    private RunFlow() {}

    sealed interface Outcome {}

    /// @param run with the version it had before
    record Done(Run run, List<Effect> effects) implements Outcome {
        Done {
            effects = List.copyOf(effects);
        }
    }

    record Refused(String why) implements Outcome {}

    /// A new run, at its first step.
    static Done begin(Procedure procedure, Run.Head head, Map<String, String> classes,
            Map<String, Double> before) {
        Run fresh = new Run(head, 0, RunState.RUNNING,
                new Run.At(0, 0, head.startedAt(), null, null, head.startedBy(), false, 0),
                new Run.Memory(classes, before, null, null), List.of(), null);
        Walk walk = new Walk(procedure, fresh, head.startedAt());
        walk.tell("Runbook " + head.name() + ", edition " + head.edition() + ", begun "
                + (head.byRule() ? "by the fault's rule" : "by " + head.startedBy().name()),
                Json.object().put("says", head.byRule() ? "begun-by-rule" : "begun").put("edition",
                        head.edition()));
        walk.enter(1);
        return walk.done();
    }

    static Outcome next(Procedure procedure, Run run, RunEvent event, Instant now) {
        Walk walk = new Walk(procedure, run, now);
        return switch (event) {
            case Looked looked -> looked(walk, looked.verdict());
            case Due _ -> due(walk);
            case Accepted accepted -> accepted(walk, accepted);
            case Denied denied -> denied(walk, denied);
            case Ended ended -> ended(walk, ended);
            case Told told -> told(walk, told);
            case Answered answered -> answered(walk, answered);
            case Confirmed confirmed -> confirmed(walk, confirmed);
            case Cancelled cancelled -> cancelled(walk, cancelled);
            case CaseOver over -> {
                if (run.isOpen()) {
                    walk.finish(RunState.CANCELLED, null, over.why());
                }
                yield walk.done();
            }
        };
    }

    private static Outcome looked(Walk walk, Verdict verdict) {
        if (walk.state() != RunState.WAITING_TIME) {
            return walk.done();
        }
        switch (walk.step()) {
            case Step.Check check -> {
                if (verdict.holds()) {
                    walk.pass("held", "Checked that " + check.is().text() + ": " + verdict.text(), null, null,
                            proof(verdict));
                } else if (walk.isTimeUp(check.is())) {
                    walk.miss("not", "Checked that " + check.is().text() + ", in vain: " + verdict.text(),
                            verdict.data(), check.onFail(), Result.NOT_FIXED);
                } else {
                    walk.lookAgain(pause(check.is()), check.is());
                }
            }
            case Step.Branch branch -> {
                if (verdict.holds() || walk.isTimeUp(branch.when())) {
                    String target = verdict.holds() ? branch.then() : branch.otherwise();
                    walk.leave(verdict.holds() ? "held" : "not", "Goes on at " + target + ": "
                            + (verdict.holds() ? "" : "not so that ") + branch.when().text() + "; "
                            + verdict.text(),
                            null, null, verdict.data());
                    walk.enter(walk.target(target));
                } else {
                    walk.lookAgain(pause(branch.when()), branch.when());
                }
            }
            case Step.Manual _, Step.Act _, Step.Wait _, Step.Ask _, Step.End _ -> {
            }
        }
        return walk.done();
    }

    private static ObjectNode proof(Verdict verdict) {
        return verdict.data().deepCopy().put("proof", verdict.proof());
    }

    private static Duration pause(Condition condition) {
        Duration part = condition.patience().dividedBy(LOOKS);
        return part.compareTo(LOOK_MIN) < 0 ? LOOK_MIN : part.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : part;
    }

    private static Outcome due(Walk walk) {
        if (!walk.isDue()) {
            return walk.done();
        }
        switch (walk.step()) {
            case Step.Wait wait -> walk.pass("done", "Waited " + wait.length(), null, null, null);
            case Step.Check check -> walk.look(check.is());
            case Step.Branch branch -> walk.look(branch.when());
            case Step.Act _ -> walk.request();
            case Step.Manual _, Step.Ask _, Step.End _ -> {
            }
        }
        return walk.done();
    }

    private static Outcome accepted(Walk walk, Accepted accepted) {
        boolean waits = walk.state() == RunState.RUNNING || walk.state() == RunState.WAITING_DEVICE;
        if (!waits || accepted.visit() != walk.visit() || !(walk.step() instanceof Step.Act act)) {
            return walk.done();
        }
        RemoteActions.Asked action = accepted.action();
        walk.waitForDevice(action.id(), act.expiresIn().plus(ASK_AFTER));
        return action.isOver()
                ? ended(walk, new Ended(action.id(), action.state(), action.output(), action.error()))
                : walk.done();
    }

    private static Outcome denied(Walk walk, Denied denied) {
        if (walk.state() != RunState.RUNNING || denied.visit() != walk.visit()
                || !(walk.step() instanceof Step.Act act)) {
            return walk.done();
        }
        if (denied.status() == 429 && walk.tries() < TRIES_MAX) {
            walk.putOff(PUT_OFF);
        } else {
            walk.miss("failed", "The action " + act.action() + " was refused: " + denied.why(), null,
                    act.onFail(), null);
        }
        return walk.done();
    }

    private static Outcome ended(Walk walk, Ended ended) {
        if (walk.state() != RunState.WAITING_DEVICE || !ended.action().equals(walk.action())
                || !(walk.step() instanceof Step.Act act)) {
            return walk.done();
        }
        ObjectNode data = Json.object().put("action", ended.action()).put("state", ended.state());
        JsonNode output = ended.output();
        if (output != null && Json.text(output).length() <= OUTPUT_MAX) {
            data.set("output", output);
        }
        if (ended.state().equals("succeeded")) {
            walk.acted(act.action().equals("self_test") ? output : null);
            String said = output != null && output.isTextual() ? ": " + output.asText() : "";
            walk.pass("done", "The device did " + act.action() + said, null, walk.confirmer(), data);
        } else {
            walk.miss("failed", "The action " + act.action() + " " + ended.state()
                    + (ended.error() == null ? "" : ": " + ended.error()), data, act.onFail(), null);
        }
        return walk.done();
    }

    private static Outcome told(Walk walk, Told told) {
        Optional<String> wrong = misplaced(walk, told.step());
        if (wrong.isPresent()) {
            return new Refused(wrong.get());
        }
        if (!(walk.step() instanceof Step.Manual manual)) {
            return new Refused("Step " + told.step() + " is no step that a person does; it waits for "
                    + waitsFor(walk));
        }
        String text = manual.en() + ": " + told.result() + (told.note().isEmpty() ? "" : " — " + told.note());
        walk.leave(told.result(), text, told.note(), told.who().name(), null);
        walk.enter(told.result().equals("failed") && manual.onFail() != null
                ? walk.target(manual.onFail())
                : told.step() + 1);
        return walk.done();
    }

    private static Outcome answered(Walk walk, Answered answered) {
        Optional<String> wrong = misplaced(walk, answered.step());
        if (wrong.isPresent()) {
            return new Refused(wrong.get());
        }
        if (!(walk.step() instanceof Step.Ask ask)) {
            return new Refused("Step " + answered.step() + " asks nothing; it waits for " + waitsFor(walk));
        }
        Optional<Choice> choice = ask.choices().stream().filter(one -> one.answer().equals(answered.answer()))
                .findFirst();
        if (choice.isEmpty()) {
            return new Refused("There is no answer " + answered.answer() + " to choose; there are "
                    + ask.choices().stream().map(Choice::answer).collect(Collectors.joining(", ")));
        }
        walk.leave(answered.answer(), ask.en() + " " + choice.get().en()
                + (answered.note().isEmpty() ? "" : " — " + answered.note()), answered.note(),
                answered.who().name(),
                null);
        walk.enter(walk.target(choice.get().then()));
        return walk.done();
    }

    private static Outcome confirmed(Walk walk, Confirmed confirmed) {
        Optional<String> wrong = misplaced(walk, confirmed.step());
        if (wrong.isPresent()) {
            return new Refused(wrong.get());
        }
        if (!(walk.step() instanceof Step.Act act)) {
            return new Refused(
                    "Step " + confirmed.step() + " needs no confirmation; it waits for " + waitsFor(walk));
        }
        String device = walk.run().head().device();
        boolean isTyped = confirmed.confirm().equals(device);
        if (!isTyped && (walk.classOf(act).equals("D") || !confirmed.confirm().equals("yes"))) {
            return new Refused("Confirm " + act.action() + " with the device's id, " + device
                    + (walk.classOf(act).equals("D") ? "" : ", or with yes"));
        }
        walk.confirmed(confirmed.who());
        walk.tell(confirmed.who().name() + " confirms " + act.action(),
                Json.object().put("says", "confirmed").put("action", act.action()));
        walk.request();
        return walk.done();
    }

    private static Outcome cancelled(Walk walk, Cancelled cancelled) {
        if (!walk.run().isOpen()) {
            return new Refused("The run is " + walk.state().text() + " already");
        }
        walk.finish(RunState.CANCELLED, null, cancelled.who().name() + " stopped it: " + cancelled.reason());
        return walk.done();
    }

    /// Why something said of a step comes at the wrong time.
    private static Optional<String> misplaced(Walk walk, int step) {
        Optional<Line> earlier = walk.run().lines().stream().filter(line -> line.step() == step).findFirst();
        if (!walk.run().isOpen()) {
            return Optional.of(earlier.map(line -> "Step " + step + " is " + line.result() + " already")
                    .orElse("The run is " + walk.state().text() + " already"));
        }
        if (walk.state() == RunState.WAITING_PERSON && step == walk.number()) {
            return Optional.empty();
        }
        if (earlier.isPresent() && step != walk.number()) {
            return Optional.of("Step " + step + " is " + earlier.get().result() + " already");
        }
        return Optional.of(step == walk.number()
                ? "Step " + step + " waits for " + waitsFor(walk)
                : "Step " + walk.number() + " comes first: " + Words.en(walk.step()));
    }

    private static String waitsFor(Walk walk) {
        return switch (walk.state()) {
            case RUNNING, WAITING_DEVICE -> "the device";
            case WAITING_TIME -> "what telemetry shows";
            case WAITING_PERSON -> switch (walk.step()) {
                case Step.Manual _ -> "result";
                case Step.Ask _ -> "answer";
                case Step.Act _ -> "confirm";
                case Step.Check _, Step.Wait _, Step.Branch _, Step.End _ -> "a person";
            };
            case DONE, FAILED, CANCELLED -> "nothing";
        };
    }

    /// What a run at rest waits for: `result`, `answer` or `confirm` from a person, `device`, or `time`; null where it is over.
    static @Nullable String waitsFor(Run run, Procedure procedure) {
        return switch (run.state()) {
            case RUNNING, WAITING_DEVICE -> "device";
            case WAITING_TIME -> "time";
            case WAITING_PERSON -> switch (procedure.step(run.at().step())) {
                case Step.Ask _ -> "answer";
                case Step.Act _ -> "confirm";
                case Step.Manual _, Step.Check _, Step.Wait _, Step.Branch _, Step.End _ -> "result";
            };
            case DONE, FAILED, CANCELLED -> null;
        };
    }
}
