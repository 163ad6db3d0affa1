package io.aftercare.simulator.device;

import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.plan.Injection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What breaks, when, on which device.
public record FaultPlan(List<Injection> injections) {
    public static final FaultPlan NOTHING = new FaultPlan(List.of());

    public FaultPlan {
        injections = List.copyOf(injections);
    }

    /// Reads `NAME@AFTER[+LASTING][:DEVICE]`, such as `fuser-overheat@20s` or `jam@1m+30s:LOCK-7`.
    ///
    /// @throws IllegalArgumentException quoting what was not understood and naming the faults there are
    public static FaultPlan parse(List<String> texts) {
        List<Injection> injections = Injection.parseAll(texts, "fault", "fuser-overheat@20s");
        injections.forEach(FaultPlan::requireKnown);
        return new FaultPlan(injections);
    }

    private static void requireKnown(Injection injection) {
        if (Arrays.stream(Kind.values()).noneMatch(kind -> kind.faults().containsKey(injection.name()))) {
            throw new IllegalArgumentException("there is no fault '" + injection.name() + "'; there are "
                    + Arrays.stream(Kind.values())
                            .map(kind -> kind.word() + ": " + String.join(", ", kind.faults().keySet()))
                            .collect(Collectors.joining("; ")));
        }
    }

    /// The faults of one device at a time since the start.
    Set<String> active(String device, Duration elapsed) {
        return Injection.active(injections, device, elapsed);
    }
}
