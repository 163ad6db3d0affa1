package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.TestInput;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.track.TrackSpec;
import io.aftercare.fleet.device.ModelMetrics;
import java.util.List;

/// All rules of one product model, compiled into one frame of slots, so that what rules share is kept and worked out once.
/// Immutable but for the memory of where the metrics' places lead; lanes share it.
public final class Plan {
    private static final int NONE = -1;
    /// Where rules look at several metrics, the others' newest values are looked for this far back after a restart.
    private static final long SEVERAL_MICROS = 3_600_000_000L;

    final List<CompiledRule> rules;
    final Layout layout;
    final List<TrackSpec> tracks;
    private final long memoryMicros;
    /// By metric's place: its slot. Replaced when the model has learnt metrics; each lane may do so, with the same outcome.
    private volatile int[] slotOfPlace = {};

    public Plan(String model, List<ActiveRule> active) {
        this.layout = new Layout();
        List<ActiveRule> ours = active.stream().filter(it -> it.rule().appliesTo().includes(model)).toList();
        this.rules = ours.stream().map(it -> CompiledRule.compile(it, layout)).toList();
        this.tracks = layout.tracks();
        long windows = tracks.stream().mapToLong(Plan::replayMicros).max().orElse(0);
        long spans = Math.max(windows, layout.sequenceMicros());
        long waits = ours.stream().mapToLong(it -> it.rule().memory().toNanos() / 1_000).max().orElse(0);
        long values = layout.metrics().size() > 1 ? SEVERAL_MICROS : 0;
        this.memoryMicros = Math.max(values, layout.windows() == 0 && waits == 0 ? 0 : spans + waits);
    }

    /// Tells a frame of this plan what the devices of its kind measure, as a test has it.
    public void cohorts(Frame frame, List<TestInput.Cohort> figures) {
        for (int i = 0; i < layout.cohorts().size(); i++) {
            for (TestInput.Cohort cohort : figures) {
                if (cohort.metric().equals(layout.cohorts().get(i).metric())) {
                    frame.cohort(i, cohort.mean(), cohort.deviation(), cohort.devices());
                }
            }
        }
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /// How far back stored history matters for what the rules say now; 0 where they have no memory.
    public long memoryMicros() {
        return memoryMicros;
    }

    /// By place, -1 for a metric that no rule names.
    int[] slots(ModelMetrics metrics) {
        int[] slots = slotOfPlace;
        if (slots.length != metrics.size()) {
            slots = new int[metrics.size()];
            for (int place = 0; place < slots.length; place++) {
                slots[place] = layout.metrics().getOrDefault(metrics.name(place), NONE);
            }
            slotOfPlace = slots;
        }
        return slots;
    }

    /// Long baselines are not learnt anew from months of samples.
    private static long replayMicros(TrackSpec track) {
        return track.isExactAfterReplay()
                ? track.replayMicros()
                : Math.min(track.replayMicros(), SEVERAL_MICROS);
    }
}
