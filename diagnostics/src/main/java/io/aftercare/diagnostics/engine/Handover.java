package io.aftercare.diagnostics.engine;

/// What becomes of a device's open faults when other rules judge it, or it becomes another.
final class Handover {
    private Handover() {}

    /// Gives the rules of a new state the standings that they had.
    static void standings(DeviceState from, DeviceState to) {
        for (int i = 0; i < from.plan.rules.size(); i++) {
            RuleState state = from.standing(i);
            CompiledRule old = from.plan.rules.get(i);
            int now = to.indexOf(old.rule().id());
            if (state == null || now < 0
                    || !to.plan.rules.get(now).active().continues(old.active().version())) {
                continue;
            }
            boolean same = to.plan.rules.get(now).active().version() == old.active().version();
            // A changed rule's wait begins anew; what is open stays so until the new rule ends it.
            if (same || state.phase().isOpen() && to.plan.rules.get(now).code().equals(old.code())) {
                to.restore(now, state, same ? from.levelState(i) : null);
            }
        }
    }

    /// Rules that are open and that `next` no longer has, or has for another fault; each is told to `sink` as cleared.
    static void vanished(DeviceState state, Plan next, DeviceState.Sink sink, long micros) {
        for (int rule = 0; rule < state.plan.rules.size(); rule++) {
            CompiledRule old = state.plan.rules.get(rule);
            boolean stays = next.rules.stream().anyMatch(
                    it -> it.rule().id().equals(old.rule().id()) && it.code().equals(old.code())
                            && it.active().continues(old.active().version()));
            if (!stays && state.phase(rule).isOpen()) {
                state.restore(rule, null, (LevelState) null);
                sink.signal(state, rule, Signal.CLEARED, micros);
            }
        }
    }

    /// Rules that are open and no longer meant for this device; each is told to `sink` as cleared. A parked one keeps its standing.
    static void inapplicable(DeviceState state, DeviceState.Sink sink, long micros) {
        for (int rule = 0; rule < state.plan.rules.size(); rule++) {
            RuleState standing = state.standing(rule);
            if (standing != null && !state.plan.rules.get(rule).appliesTo(state.frame())) {
                state.restore(rule, null, (LevelState) null);
                if (standing.phase().isOpen()) {
                    sink.signal(state, rule, Signal.CLEARED, micros);
                }
            }
        }
    }
}
