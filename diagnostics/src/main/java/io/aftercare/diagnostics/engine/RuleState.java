package io.aftercare.diagnostics.engine;

import static io.aftercare.diagnostics.expression.Condition.TRUE;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The state machine of one rule with one device, in event time. Deterministic: the next state follows from this one and the
/// arguments of [#step] alone. One thread at a time.
final class RuleState {
    private static final long[] NO_RAISES = {};

    private Phase phase = Phase.IDLE;
    /// Since when the condition that this phase waits upon has held.
    private long since;
    private long heldUntil;
    /// When the fault was raised or cleared last, as far as the database told after a restart.
    private long changedAt = Long.MIN_VALUE;
    /// The latest raises, oldest first; as many as the rule's `quiet` counts.
    private long[] raises = NO_RAISES;

    Phase phase() {
        return phase;
    }

    /// Since when the condition that this phase waits upon has held, event time.
    long since() {
        return since;
    }

    long[] raises() {
        return raises;
    }

    long heldUntil() {
        return heldUntil;
    }

    /// Takes a sample's verdicts; every transition there is:
    ///
    /// | from | when | to | signal |
    /// |---|---|---|---|
    /// | idle | condition true, nothing to wait for | firing | raised |
    /// | idle | condition true | pending | |
    /// | pending | true for long enough | firing | raised |
    /// | pending | not true (false or unknown) | idle | |
    /// | firing | end true, nothing to wait for | idle | cleared |
    /// | firing | end true | recovering | |
    /// | recovering | condition true | firing | raised again |
    /// | recovering | end not true | firing | |
    /// | recovering | end true for long enough, no quiet hold | idle | cleared |
    ///
    /// @param when  verdict of the condition
    /// @param clear verdict of the end; looked at in the open phases only
    Signal step(Timing timing, int when, int clear, long micros) {
        return switch (phase) {
            case IDLE -> {
                if (when != TRUE) {
                    yield Signal.NONE;
                }
                since = micros;
                phase = Phase.PENDING;
                yield ripen(timing, micros);
            }
            case PENDING -> {
                if (when != TRUE) {
                    phase = Phase.IDLE;
                    yield Signal.NONE;
                }
                yield ripen(timing, micros);
            }
            case FIRING -> {
                if (when == TRUE || clear != TRUE) {
                    yield Signal.NONE;
                }
                since = micros;
                phase = Phase.RECOVERING;
                yield end(timing, micros);
            }
            case RECOVERING -> {
                if (when == TRUE) {
                    phase = Phase.FIRING;
                    note(timing, micros);
                    yield Signal.RAISED_AGAIN;
                }
                if (clear != TRUE) {
                    phase = Phase.FIRING;
                    yield Signal.NONE;
                }
                yield end(timing, micros);
            }
        };
    }

    private Signal ripen(Timing timing, long micros) {
        if (micros - since < timing.holds()) {
            return Signal.NONE;
        }
        phase = Phase.FIRING;
        note(timing, micros);
        return Signal.RAISED;
    }

    private Signal end(Timing timing, long micros) {
        if (micros - since < timing.clears() || micros < heldUntil) {
            return Signal.NONE;
        }
        phase = Phase.IDLE;
        return Signal.CLEARED;
    }

    /// Remembers a raise, and holds the fault where it comes and goes too often.
    private void note(Timing timing, long micros) {
        if (timing.flaps() == 0) {
            return;
        }
        int kept = Math.min(raises.length, timing.flaps() - 1);
        raises = Arrays.copyOfRange(raises, raises.length - kept, raises.length + 1);
        raises[kept] = micros;
        if (raises.length == timing.flaps() && micros - raises[0] <= timing.within()) {
            heldUntil = micros + timing.hold();
        }
    }

    /// Takes up again where the database says that this rule stood.
    ///
    /// @param open       whether its fault is open
    /// @param earlier    raises, oldest first
    /// @param lastChange of the fault, in event time
    /// @param held       until when the quiet keeps it open
    static RuleState restored(boolean open, long[] earlier, long held, long lastChange) {
        RuleState state = new RuleState();
        state.phase = open ? Phase.FIRING : Phase.IDLE;
        state.since = lastChange;
        state.changedAt = lastChange;
        state.raises = earlier;
        state.heldUntil = held;
        return state;
    }

    /// When this standing changes by the passing of time alone, if its conditions stay as they are; [Long#MAX_VALUE] for never.
    long dueAt(Timing timing) {
        return switch (phase) {
            case IDLE, FIRING -> Long.MAX_VALUE;
            case PENDING -> since + timing.holds();
            case RECOVERING -> Math.max(since + timing.clears(), heldUntil);
        };
    }

    void save(DataOutput out) throws IOException {
        out.writeUTF(phase.name());
        out.writeLong(since);
        out.writeLong(heldUntil);
        out.writeLong(changedAt);
        out.writeByte(raises.length);
        for (long raise : raises) {
            out.writeLong(raise);
        }
    }

    static RuleState load(DataInput in) throws IOException {
        RuleState state = new RuleState();
        state.phase = Phase.valueOf(in.readUTF());
        state.since = in.readLong();
        state.heldUntil = in.readLong();
        state.changedAt = in.readLong();
        state.raises = new long[in.readByte()];
        for (int i = 0; i < state.raises.length; i++) {
            state.raises[i] = in.readLong();
        }
        return state;
    }

    /// Follows stored history after a restart: finds since when the condition has held, without changing what is open.
    void replay(int when, int clear, long micros) {
        switch (phase) {
            case IDLE, PENDING -> {
                if (when != TRUE) {
                    phase = Phase.IDLE;
                } else if (phase == Phase.IDLE && micros >= changedAt) {
                    phase = Phase.PENDING;
                    since = micros;
                }
            }
            case FIRING, RECOVERING -> {
                if (when == TRUE || clear != TRUE) {
                    phase = Phase.FIRING;
                } else if (phase == Phase.FIRING && micros >= changedAt) {
                    phase = Phase.RECOVERING;
                    since = micros;
                }
            }
        }
    }
}
