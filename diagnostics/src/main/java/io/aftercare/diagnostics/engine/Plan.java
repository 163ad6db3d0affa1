package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.TestInput;
import io.aftercare.diagnostics.track.TrackSpec;
import io.aftercare.fleet.device.ModelMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// All rules of one product model, compiled into one frame of slots, so that what rules share is kept and worked out once.
/// Immutable but for the memory of where the metrics' places lead; lanes share it.
public final class Plan {
    /// Stands, among the inputs of a rule, for whatever the passing of time alone may change.
    static final long TIME = 1L << 63;
    private static final int BITS = 62;
    private static final int NONE = -1;
    /// Where rules look at several metrics, the others' newest values are looked for this far back after a restart without a snapshot.
    private static final long SEVERAL_MICROS = 3_600_000_000L;

    final List<CompiledRule> rules;
    final CompiledRule[] compiled;
    final Layout layout;
    final EventTime time;
    /// Whether any rule asks for silence.
    final boolean listens;
    /// Whether it is a metric's silence for some.
    final boolean listensToMetrics;
    /// The shortest silence that a rule asks for, microseconds.
    final long silenceMicros;
    final List<Layout.Cohort> cohorts;
    final boolean countsReboots;
    final Set<String> events;
    final Set<String> texts;
    private final long memoryMicros;
    private final long fingerprint;
    private final long[] bits;
    /// By metric's place: its slot. Replaced when the model has learnt metrics; each lane may do so, with the same outcome.
    private volatile int[] slotOfPlace = {};

    /// With a cost that nobody asks for, and the usual bounds of devices' own times.
    public Plan(String model, List<ActiveRule> active) {
        this(model, active, _ -> new RuleCost(), EventTime.DEFAULT);
    }

    /// @param costs by rule id: where its time is added up
    Plan(String model, List<ActiveRule> active, Function<String, RuleCost> costs, EventTime time) {
        this.time = time;
        this.layout = new Layout();
        List<ActiveRule> ours = active.stream().filter(it -> it.rule().appliesTo().includes(model)).toList();
        Map<String, Long> bitOf = new HashMap<>();
        this.rules = ours.stream().map(it -> CompiledRule.compile(it, layout,
                metric -> bitOf.computeIfAbsent(metric, _ -> 1L << Math.min(bitOf.size(), BITS)),
                costs.apply(it.rule().id()))).toList();
        this.compiled = rules.toArray(CompiledRule[]::new);
        this.bits = new long[layout.size()];
        layout.metrics().forEach((metric, slot) -> bits[slot] = bitOf.getOrDefault(metric, 0L));
        this.listens = !layout.presences().isEmpty();
        this.listensToMetrics = layout.presences().stream()
                .anyMatch(presence -> !presence.metric().isEmpty());
        this.silenceMicros = layout.presences().stream().mapToLong(Layout.PresenceSpec::windowMicros).min()
                .orElse(Long.MAX_VALUE);
        this.cohorts = layout.cohorts();
        this.countsReboots = layout.countsReboots();
        this.events = layout.events();
        this.texts = layout.texts();
        this.fingerprint = layout.fingerprint();
        long windows = layout.tracks().stream().mapToLong(Plan::replayMicros).max().orElse(0);
        long spans = Math.max(windows, layout.sequenceMicros());
        long waits = ours.stream().mapToLong(it -> it.rule().memory().toNanos() / 1_000).max().orElse(0);
        boolean isSeveral = layout.metrics().size() + texts.size() > 1;
        this.memoryMicros = Math.max(isSeveral ? SEVERAL_MICROS : 0,
                layout.windows() == 0 && waits == 0 ? 0 : spans + waits);
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

    /// Whether something is lost where a device's state is.
    boolean remembers() {
        return memoryMicros > 0 || layout.windows() > 0;
    }

    /// A number that differs where what a state of this plan saves would not fit one of another.
    long fingerprint() {
        return fingerprint;
    }

    /// What stands for a metric's slot among the inputs of a rule.
    long bit(int slot) {
        return bits[slot];
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
