package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one edition of a runbook says to do. Immutable; made by [ProcedureReader] alone, so every label leads somewhere.
record Procedure(About about, List<Step> steps) {
    /// How many steps a run visits at most, so that no loop is endless.
    static final int VISITS_MAX = 200;

    Procedure {
        steps = List.copyOf(steps);
    }

    /// What it is for.
    ///
    /// @param models   of devices; empty for all
    /// @param codes    of faults; empty for any
    /// @param expected how long it takes, as its author thinks
    /// @param soak     how long telemetry is watched after it, before the case counts as solved
    /// @param effect   what the customer notices
    /// @param names    what it is called in other languages, by `en` or `zh`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record About(List<String> models, List<String> codes, Needs needs, @Nullable Duration expected,
            Duration soak, @Nullable Text effect, Map<String, String> names) {
        static final Duration SOAK = Duration.ofMinutes(10);
        static final About ANY = new About(List.of(), List.of(), Needs.DEVICE, null, SOAK, null, Map.of());

        About {
            models = List.copyOf(models);
            codes = List.copyOf(codes);
            names = Map.copyOf(names);
        }
    }

    /// What has to be so before it begins.
    ///
    /// @param online  the device is connected
    /// @param idle    no firmware update is going on
    /// @param consent the customer has agreed for the case
    record Needs(boolean online, boolean idle, boolean consent) {
        static final Needs DEVICE = new Needs(true, true, false);
    }

    record Text(String zh, String en) {}

    /// Numbered from 1.
    Step step(int number) {
        return steps.get(number - 1);
    }

    /// Where a label leads from a step, as a number; one more than there are steps for the end.
    int target(String label, int from) {
        if (label.equals(Step.NEXT)) {
            return from + 1;
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).label().equals(label)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("No step has the label " + label);
    }

    /// The remote actions that it may ask for.
    List<String> actions() {
        TreeSet<String> names = new TreeSet<>();
        steps.forEach(step -> {
            if (step instanceof Step.Act act) {
                names.add(act.action());
            }
        });
        return List.copyOf(names);
    }

    /// The metrics that it looks at.
    List<String> metrics() {
        TreeSet<String> names = new TreeSet<>();
        steps.forEach(step -> {
            if (step instanceof Step.Check check && check.is() instanceof Condition.Metric metric) {
                names.add(metric.metric());
            }
            if (step instanceof Step.Branch branch && branch.when() instanceof Condition.Metric metric) {
                names.add(metric.metric());
            }
        });
        return List.copyOf(names);
    }

    /// Whether people alone do all of it.
    boolean isManual() {
        return steps.stream().allMatch(Step.Manual.class::isInstance);
    }
}
