package io.aftercare.diagnostics.engine;

import static io.aftercare.diagnostics.expression.Condition.FALSE;
import static io.aftercare.diagnostics.expression.Condition.TRUE;

import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.rule.Rule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// How bad one rule says that its open fault is, in event time. Deterministic: what follows is given by what is here and the
/// arguments of [#step]. A level stands from when its condition has held for long enough until it is false; an unknown
/// condition neither raises nor lowers. One thread at a time.
final class LevelState {
    private static final long NEVER = Long.MIN_VALUE;

    /// By level: since when its condition has held.
    private final long[] since;
    private final boolean[] stands;

    LevelState(int levels) {
        since = new long[levels];
        Arrays.fill(since, NEVER);
        stands = new boolean[levels];
    }

    /// Takes a sample's verdicts; true where a level began or ended to stand.
    boolean step(List<CompiledLevel> levels, Frame frame, long micros) {
        boolean changed = false;
        for (int i = 0; i < stands.length; i++) {
            int verdict = levels.get(i).when().of(frame);
            boolean before = stands[i];
            if (verdict == TRUE) {
                since[i] = since[i] == NEVER ? micros : since[i];
                stands[i] = before || micros - since[i] >= levels.get(i).holds();
            } else {
                since[i] = NEVER;
                stands[i] = before && verdict != FALSE;
            }
            changed |= before != stands[i];
        }
        return changed;
    }

    void save(DataOutput out) throws IOException {
        for (int i = 0; i < since.length; i++) {
            out.writeLong(since[i]);
            out.writeBoolean(stands[i]);
        }
    }

    void load(DataInput in) throws IOException {
        for (int i = 0; i < since.length; i++) {
            since[i] = in.readLong();
            stands[i] = in.readBoolean();
        }
    }

    /// Takes up again what the database says the fault's severity was.
    void restore(List<CompiledLevel> levels, Rule.Severity severity) {
        for (int i = 0; i < stands.length; i++) {
            stands[i] = levels.get(i).severity() == severity;
        }
    }

    /// The worst of the rule's own severity and the levels that stand.
    Rule.Severity severity(List<CompiledLevel> levels, Rule.Severity own) {
        Rule.Severity worst = own;
        for (int i = 0; i < stands.length; i++) {
            worst = stands[i] ? Rule.Severity.worse(worst, levels.get(i).severity()) : worst;
        }
        return worst;
    }
}
