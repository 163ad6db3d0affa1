package io.aftercare.benchmarks.micro;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Expression;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// `temp > 80.0 && rpm < 500.0`: our evaluator beside CEL's two of the same checked tree, and beside Java itself. CEL gets its
/// variables boxed and in a map that was made beforehand, which a real caller would have to make for each sample.
@State(Scope.Thread)
public class RuleBenchmark {
    private static final String CONDITION = "temp > 80.0 && rpm < 500.0";
    private static final int SAMPLES = 1_024;
    private static final long SEED = 42;

    private final Frame[] frames = new Frame[SAMPLES];
    private final double[][] plain = new double[SAMPLES][];
    private final Object[] boxed = new Object[SAMPLES];
    private final Layout layout = new Layout();
    private final Condition ours;
    private final CelRuntime.Program interpreter;
    private final CelRuntime.Program planner;
    private final int temp;
    private final int rpm;
    private int next;

    public RuleBenchmark() {
        Expression expression = Language.condition(CONDITION);
        CelAbstractSyntaxTree tree = expression.tree();
        this.ours = expression.condition(layout);
        this.temp = layout.metrics().getOrDefault("temp", 0);
        this.rpm = layout.metrics().getOrDefault("rpm", 0);
        try {
            this.interpreter = CelRuntimeFactory.legacyCelRuntimeBuilder().build().createProgram(tree);
            this.planner = CelRuntimeFactory.plannerRuntimeBuilder().build().createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("CEL refuses " + CONDITION, e);
        }
    }

    @Setup
    public void makeSamples() {
        Random random = new Random(SEED);
        for (int i = 0; i < SAMPLES; i++) {
            double temperature = random.nextDouble(60, 100);
            double speed = random.nextDouble(1_000);
            frames[i] = new Frame(layout);
            frames[i].value(temp, temperature, i);
            frames[i].value(rpm, speed, i);
            plain[i] = new double[layout.size()];
            plain[i][temp] = temperature;
            plain[i][rpm] = speed;
            boxed[i] = Map.of("temp", temperature, "rpm", speed);
        }
    }

    private int next() {
        return next++ & SAMPLES - 1;
    }

    @Benchmark
    public int ours() {
        return ours.of(frames[next()]);
    }

    @Benchmark
    public boolean java() {
        double[] frame = plain[next()];
        return frame[temp] > 80.0 && frame[rpm] < 500.0;
    }

    @Benchmark
    public Object celInterpreter() throws CelEvaluationException {
        return interpreter.eval(variables());
    }

    @Benchmark
    public Object celPlanner() throws CelEvaluationException {
        return planner.eval(variables());
    }

    @SuppressWarnings("unchecked") // made above; an array of a generic type cannot be made
    private Map<String, Object> variables() {
        return (Map<String, Object>) boxed[next()];
    }
}
