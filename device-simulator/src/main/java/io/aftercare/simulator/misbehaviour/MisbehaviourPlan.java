package io.aftercare.simulator.misbehaviour;

import io.aftercare.simulator.plan.Injection;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Which device misbehaves how, and when.
public record MisbehaviourPlan(List<Injection> injections) {
    public static final MisbehaviourPlan NOTHING = new MisbehaviourPlan(List.of());

    public MisbehaviourPlan {
        injections = List.copyOf(injections);
    }

    /// Reads `NAME@AFTER[+LASTING][:DEVICE]`, such as `answer-twice@0s` or `crash-loop@10s+1m:RT-90-0001`.
    ///
    /// @throws IllegalArgumentException quoting what was not understood and naming what there is
    public static MisbehaviourPlan parse(List<String> texts) {
        List<Injection> injections = Injection.parseAll(texts, "misbehaviour", "answer-twice@0s");
        for (Injection each : injections) {
            if (Misbehaviour.of(each.name()).isEmpty()) {
                throw new IllegalArgumentException("there is no misbehaviour '" + each.name()
                        + "'; there are " + Misbehaviour.words());
            }
        }
        return new MisbehaviourPlan(injections);
    }

    /// How one device behaves.
    ///
    /// @param elapsed the time since the start, asked anew each time
    public Temper of(String device, Supplier<Duration> elapsed) {
        return which -> Injection.active(injections, device, elapsed.get()).contains(which.word());
    }
}
