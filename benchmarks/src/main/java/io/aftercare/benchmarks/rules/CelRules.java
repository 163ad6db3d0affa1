package io.aftercare.benchmarks.rules;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// CEL's own evaluator. It has neither windows nor memory: what windows would say is given to it beforehand and for nothing, and it only finds
/// whether conditions are true. Each device has a map of its variables; a sample boxes its values.
final class CelRules implements Contender {
    private static final double WINDOWED = 500;

    private final Samples samples;
    private final CelRuntime.Program[] conditions;
    private final String[] metrics;
    private final List<Map<String, Object>> variables;
    private long found;

    /// CEL has two evaluators.
    enum Kind {
        INTERPRETER, PLANNER
    }

    /// @param texts conditions over plain variables, from [Conditions#cel]
    CelRules(Samples samples, Kind kind, List<String> texts) {
        this.samples = samples;
        this.metrics = Conditions.metrics().toArray(String[]::new);
        List<String> windowed = Conditions.windowed();
        CelBuilder builder = CelFactory.legacyCelBuilder();
        Conditions.metrics().forEach(name -> builder.addVar(name, SimpleType.DOUBLE));
        windowed.forEach(name -> builder.addVar(name, SimpleType.DOUBLE));
        Cel checker = builder.build();
        CelRuntime runtime = switch (kind) {
            case INTERPRETER -> CelRuntimeFactory.legacyCelRuntimeBuilder().build();
            case PLANNER -> CelRuntimeFactory.plannerRuntimeBuilder().build();
        };
        this.conditions = texts.stream().map(text -> program(checker, runtime, text))
                .toArray(CelRuntime.Program[]::new);
        Map<String, Object> initial = new HashMap<>();
        windowed.forEach(name -> initial.put(name, WINDOWED));
        this.variables = IntStream.range(0, samples.devices())
                .<Map<String, Object>>mapToObj(_ -> new HashMap<>(initial)).toList();
    }

    private static CelRuntime.Program program(Cel checker, CelRuntime runtime, String text) {
        try {
            CelAbstractSyntaxTree tree = checker.compile(text).getAst();
            return runtime.createProgram(tree);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("CEL refuses " + text, e);
        }
    }

    @Override
    public void run(long from, int count) {
        try {
            for (long number = from; number < from + count; number++) {
                Map<String, Object> own = variables.get(samples.device(number));
                for (int metric = 0; metric < metrics.length; metric++) {
                    own.put(metrics[metric], samples.value(number, metric));
                }
                for (CelRuntime.Program condition : conditions) {
                    if (condition.eval(own).equals(true)) {
                        found++;
                    }
                }
            }
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("CEL broke", e);
        }
    }

    @Override
    public long found() {
        return found;
    }
}
