package io.aftercare.benchmarks.micro;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One value every ten seconds through each function over time: it is taken in, and the condition is asked.
@State(Scope.Thread)
public class FunctionBenchmark {
    private static final int VALUES = 1_024;
    private static final long STEP_MICROS = 10_000_000;
    private static final long SEED = 42;

    /// The condition; `temp > 80` is what a value costs without a function.
    @Param({"temp > 80", "avg(temp, '5m') > 80", "avg(temp, '1d') > 80", "max(temp, '5m') > 80",
            "stddev(temp, '5m') > 5", "rate(temp, '5m') > 1", "increase(temp, '5m') > 5",
            "quantile(temp, 0.95, '5m') > 90", "quantile(temp, 0.95, '1d') > 90", "prev(temp) > 80",
            "changed(temp, '5m')", "ewma(temp, '1h') > 80", "zscore(temp, '1h') > 3",
            "forecast(temp, '1h') > 90",
            "time_to(temp, 90) < 3600", "within(temp > 90, temp < 70, '5m')", "absent('5m')",
            "anomaly(temp) > 0.5"})
    public String condition = "";

    private final double[] values = new Random(SEED).doubles(VALUES, 60, 100).toArray();
    private Layout layout = new Layout();
    private Condition compiled = Language.condition("true").condition(layout);
    private Frame frame = new Frame(layout);
    private int slot;
    private long now;
    private int next;

    @Setup
    public void compile() {
        layout = new Layout();
        compiled = Language.condition(condition.replace('\'', '"')).condition(layout);
        slot = layout.metrics().getOrDefault("temp", -1);
        frame = new Frame(layout);
    }

    @Benchmark
    public int value() {
        now += STEP_MICROS;
        frame.arrived(now);
        if (slot >= 0) {
            frame.value(slot, values[next++ & VALUES - 1], now);
        }
        frame.judgeAt(now);
        return compiled.of(frame);
    }
}
