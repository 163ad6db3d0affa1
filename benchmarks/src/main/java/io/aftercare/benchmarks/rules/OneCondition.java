package io.aftercare.benchmarks.rules;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import java.util.List;

/// One condition alone, over frames that are filled already; what CEL and Drools do beside it includes handing them the values, which they cannot do
/// without.
final class OneCondition implements Contender {
    /// Of the design's target, over the metrics here.
    static final String TEXT = "m1 > 800.0 && m2 < 500.0";

    private final Condition condition;
    private final Frame[] frames = new Frame[1_024];
    private long found;

    OneCondition(Samples samples) {
        Layout layout = new Layout();
        this.condition = Language.condition(TEXT).condition(layout);
        List<String> metrics = Conditions.metrics();
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new Frame(layout);
            for (int metric = 0; metric < metrics.size(); metric++) {
                Integer slot = layout.metrics().get(metrics.get(metric));
                if (slot != null) {
                    frames[i].value(slot, samples.value(i, metric), i);
                }
            }
        }
    }

    @Override
    public void run(long from, int count) {
        for (long number = from; number < from + count; number++) {
            if (condition.of(frames[(int) (number & frames.length - 1)]) == Condition.TRUE) {
                found++;
            }
        }
    }

    @Override
    public long found() {
        return found;
    }
}
