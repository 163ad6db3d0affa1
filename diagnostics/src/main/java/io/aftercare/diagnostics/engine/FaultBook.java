package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Micros;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.id.Ids;
import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the signals of rules into faults. A fault belongs to (device, code): it opens with the first rule that raises the
/// code, ends with the last, and one that comes back within [#REOPENED_WITHIN] is the same fault again. Gathers what a batch
/// changed until its commit. One lane's; not thread-safe.
final class FaultBook implements DeviceState.Sink {
    /// A fault that comes back within this is the same one, opened again.
    static final Duration REOPENED_WITHIN = Duration.ofDays(7);
    private static final long REOPENED_WITHIN_MICROS = REOPENED_WITHIN.toNanos() / 1_000;
    private static final long SEEN_EVERY_MICROS = 60_000_000;
    private static final long STATE_EVERY_MICROS = 5_000_000;

    private final InstantSource clock;
    private final List<TrackedFault> changed = new ArrayList<>();
    private final List<FaultEvent> events = new ArrayList<>();
    private LaneDevices.@Nullable Entry entry;

    FaultBook(InstantSource clock) {
        this.clock = clock;
    }

    /// Whose signals come next.
    void at(LaneDevices.Entry next) {
        entry = next;
    }

    List<TrackedFault> changed() {
        return changed;
    }

    List<FaultEvent> events() {
        return events;
    }

    /// Those of one fault.
    List<FaultEvent> events(TrackedFault fault) {
        return events.stream().filter(event -> event.fault().equals(fault.id)).toList();
    }

    /// The database does not take this fault.
    void drop(TrackedFault fault) {
        changed.remove(fault);
        events.removeIf(event -> event.fault().equals(fault.id));
        fault.dirty = false;
    }

    /// Forgets what the uncommitted samples of a device brought about.
    void withdraw(int device) {
        changed.stream().filter(fault -> fault.deviceNumber == device).toList().forEach(this::drop);
    }

    boolean isEmpty() {
        return changed.isEmpty() && events.isEmpty();
    }

    void committed() {
        changed.forEach(fault -> fault.dirty = false);
        changed.clear();
        events.clear();
    }

    @Override
    public void signal(DeviceState state, int rule, Signal signal, long micros) {
        CompiledRule compiled = state.plan.rules.get(rule);
        TrackedFault fault = entry().fault(compiled.code());
        switch (signal) {
            case RAISED -> raise(state, rule, fault, micros);
            case RAISED_AGAIN -> raisedAgain(state, rule, fault, micros);
            case CLEARED -> clear(state, rule, fault, micros);
            case NONE -> {
            }
        }
    }

    private void raise(DeviceState state, int rule, @Nullable TrackedFault before, long micros) {
        CompiledRule compiled = state.plan.rules.get(rule);
        if (before != null && before.open) {
            seen(before, micros); // another rule of the same code holds it open already
            weigh(state, before, micros);
            return;
        }
        boolean again = before != null && micros - before.clearedMicros <= REOPENED_WITHIN_MICROS;
        TrackedFault fault;
        if (before != null && again) {
            fault = before;
        } else {
            fault = new TrackedFault(Ids.next('f', clock), entry().number, state.device().id().value(),
                    compiled.code());
            fault.firstMicros = micros;
            entry().faults.removeIf(it -> it.code.equals(compiled.code()));
            entry().faults.add(fault);
        }
        Rule by = compiled.rule();
        fault.open = true;
        fault.severity = state.severity(rule).text();
        fault.rule = by.id();
        fault.ruleVersion = compiled.active().version();
        Optional<ActBy> actBy = ActBy.of(compiled, state.plan.layout, state.frame());
        fault.title = by.title() + actBy.map(it -> ": " + it.words()).orElse("");
        fault.explain = compiled.explain(state.plan.layout, state.frame());
        actBy.ifPresent(
                it -> fault.explain.put("actBy", it.earliest().toString()).set("forecast", it.json()));
        fault.count++;
        raised(state, rule, fault, micros);
        event(state, compiled, fault, again ? FaultEvent.Kind.RERAISED : FaultEvent.Kind.RAISED, micros);
    }

    private void raisedAgain(DeviceState state, int rule, @Nullable TrackedFault fault, long micros) {
        if (fault == null || !fault.open) {
            return;
        }
        if (state.plan.rules.get(rule).timing().flaps() > 0) { // its quiet counts the raises, so a restart must know them
            fault.count++;
            raised(state, rule, fault, micros);
            mark(fault, micros);
        }
        stillOpen(state, rule, Phase.FIRING, micros);
    }

    private static void raised(DeviceState state, int rule, TrackedFault fault, long micros) {
        fault.lastRaisedMicros = micros;
        fault.lastSeenMicros = micros;
        fault.recovering = false;
        RuleState standing = state.standing(rule);
        if (standing != null) {
            fault.flaps = standing.raises();
            fault.heldUntil = standing.heldUntil();
        }
    }

    private void clear(DeviceState state, int rule, @Nullable TrackedFault fault, long micros) {
        if (fault == null || !fault.open) {
            return;
        }
        if (isHeldByAnother(state, rule, fault.code)) {
            weigh(state, fault, micros);
            return;
        }
        fault.open = false;
        fault.recovering = false;
        fault.clearedMicros = micros;
        event(state, state.plan.rules.get(rule), fault, FaultEvent.Kind.CLEARED, micros);
    }

    private static boolean isHeldByAnother(DeviceState state, int rule, String code) {
        for (int other = 0; other < state.plan.rules.size(); other++) {
            if (other != rule && state.phase(other).isOpen()
                    && state.plan.rules.get(other).code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void stillOpen(DeviceState state, int rule, Phase phase, long micros) {
        TrackedFault fault = entry().fault(state.plan.rules.get(rule).code());
        if (fault == null || !fault.open) {
            return;
        }
        if (phase == Phase.FIRING) {
            seen(fault, micros);
        }
        if (fault.rule.equals(state.plan.rules.get(rule).rule().id())) {
            fault.recovering = phase == Phase.RECOVERING;
        }
        if (fault.recovering != fault.writtenRecovering
                && micros - fault.writtenMicros >= STATE_EVERY_MICROS) {
            mark(fault, micros);
        }
    }

    @Override
    public void levelChanged(DeviceState state, int rule, long micros) {
        TrackedFault fault = entry().fault(state.plan.rules.get(rule).code());
        if (fault != null) {
            weigh(state, fault, micros);
        }
    }

    /// Other rules judge the device now: its open faults are as bad as those say.
    void weighAll(DeviceState state, long micros) {
        entry().faults.forEach(fault -> weigh(state, fault, micros));
    }

    /// A fault is as bad as the worst of the open rules of its code says.
    private void weigh(DeviceState state, TrackedFault fault, long micros) {
        int worst = -1;
        for (int rule = 0; fault.open && rule < state.plan.rules.size(); rule++) {
            boolean speaks = state.phase(rule).isOpen()
                    && state.plan.rules.get(rule).code().equals(fault.code);
            if (speaks && (worst < 0 || state.severity(rule).isWorseThan(state.severity(worst)))) {
                worst = rule;
            }
        }
        if (worst < 0 || state.severity(worst).text().equals(fault.severity)) {
            return;
        }
        Rule.Severity now = state.severity(worst);
        boolean worse = Rule.Severity.parse(fault.severity).filter(now::isWorseThan).isPresent();
        fault.severity = now.text();
        event(state, state.plan.rules.get(worst), fault,
                worse ? FaultEvent.Kind.ESCALATED : FaultEvent.Kind.DEESCALATED, micros);
    }

    private void seen(TrackedFault fault, long micros) {
        fault.lastSeenMicros = Math.max(fault.lastSeenMicros, micros);
        if (micros - fault.writtenMicros >= SEEN_EVERY_MICROS) {
            mark(fault, micros);
        }
    }

    private void mark(TrackedFault fault, long micros) {
        fault.writtenMicros = micros;
        fault.writtenRecovering = fault.recovering;
        if (!fault.dirty) {
            fault.dirty = true;
            changed.add(fault);
        }
    }

    private void event(DeviceState state, CompiledRule compiled, TrackedFault fault, FaultEvent.Kind kind,
            long micros) {
        mark(fault, micros);
        fault.events++;
        events.add(new FaultEvent(fault.id, fault.events, kind, micros, fault.device, state.device().outlet(),
                fault.code, fault.severity, payload(state, compiled, fault, micros)));
    }

    private static ObjectNode payload(DeviceState state, CompiledRule compiled, TrackedFault fault,
            long micros) {
        Rule rule = compiled.rule();
        ObjectNode payload = Json.object().put("fault", fault.id).put("device", fault.device)
                .put("code", fault.code)
                .put("severity", fault.severity).put("rule", rule.id())
                .put("ruleVersion", compiled.active().version()).put("title", fault.title)
                .put("at", Micros.instant(micros).toString())
                .put("count", fault.count);
        payload.set("values", compiled.values(state.plan.layout, state.frame()));
        payload.set("threshold", compiled.thresholds(state.frame()));
        Rule.Ticket ticket = Rule.Severity.parse(fault.severity).map(rule::ticket).orElse(rule.ticket());
        payload.putObject("ticket").put("open", ticket.open()).put("priority", ticket.priority())
                .put("skill", ticket.skill());
        payload.set("remedies", rule.remedies());
        if (fault.explain.has("actBy")) {
            payload.set("actBy", fault.explain.path("actBy"));
        }
        if (!rule.dependsOn().isNothing()) {
            payload.set("dependsOn", Json.tree(rule.dependsOn()));
        }
        return payload;
    }

    private LaneDevices.Entry entry() {
        LaneDevices.Entry now = entry;
        if (now == null) {
            throw new IllegalStateException("A signal came before its device");
        }
        return now;
    }
}
