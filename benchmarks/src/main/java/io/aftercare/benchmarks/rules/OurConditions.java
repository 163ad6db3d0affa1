package io.aftercare.benchmarks.rules;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import java.util.List;

/// Our evaluator with what windows would say given to it for nothing, as to the others: each sample's values go in, every condition is
/// asked.
final class OurConditions implements Contender {
    private static final double WINDOWED = 500;

    private final Samples samples;
    private final Condition[] conditions;
    private final int[] slots;
    private final Frame[] frames;
    private long found;

    /// @param texts conditions over plain variables, from [Conditions#cel]
    OurConditions(Samples samples, List<String> texts) {
        this.samples = samples;
        Layout layout = new Layout();
        this.conditions = texts.stream().map(text -> Language.condition(text).condition(layout))
                .toArray(Condition[]::new);
        this.slots = Conditions.metrics().stream().mapToInt(name -> layout.metrics().getOrDefault(name, -1))
                .toArray();
        this.frames = new Frame[samples.devices()];
        for (int i = 0; i < frames.length; i++) {
            Frame frame = new Frame(layout);
            layout.metrics().values().forEach(slot -> frame.value(slot, WINDOWED, 0));
            frames[i] = frame;
        }
    }

    @Override
    public void run(long from, int count) {
        for (long number = from; number < from + count; number++) {
            Frame frame = frames[samples.device(number)];
            long micros = samples.micros(number);
            for (int metric = 0; metric < slots.length; metric++) {
                if (slots[metric] >= 0) {
                    frame.value(slots[metric], samples.value(number, metric), micros);
                }
            }
            frame.judgeAt(micros);
            for (Condition condition : conditions) {
                if (condition.of(frame) == Condition.TRUE) {
                    found++;
                }
            }
        }
    }

    @Override
    public long found() {
        return found;
    }
}
