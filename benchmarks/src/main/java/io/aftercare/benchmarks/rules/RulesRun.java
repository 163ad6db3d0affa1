package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One condition, twenty of them, whole samples, and growth, one after the other in this process on one thread.
public final class RulesRun {
    private static final int RULES = 20;
    /// What a device's state takes at most, bytes; a step of growth that would not fit is left out.
    private static final long STATE_BYTES_MAX = 16_384;

    private final Setup setup;
    private final Consumer<String> progress;

    /// @param length  of each contender's turn
    /// @param devices that whole samples come from
    /// @param step    between two samples of a device, event time
    /// @param rules   how many are loaded, in each step of growth
    /// @param growth  how many devices there are, in each step of growth
    public record Setup(int rounds, Duration length, int devices, Duration step, List<Integer> rules,
            List<Integer> growth) {
        public Setup {
            rules = List.copyOf(rules);
            growth = List.copyOf(growth);
        }

        private Samples samples(int count) {
            return Samples.of(count, step.toNanos() / 1_000);
        }
    }

    public RulesRun(Setup setup, Consumer<String> progress) {
        this.setup = setup;
        this.progress = progress;
    }

    public RulesReport run() throws IOException {
        Machine machine = Machine.here(Path.of(System.getProperty("java.io.tmpdir")));
        return new RulesReport(machine, condition(), conditions(), samples(), growth());
    }

    private List<Rounds.Figure> condition() {
        progress.accept("One condition");
        Samples samples = setup.samples(1);
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("ours", new OneCondition(samples));
        contenders.put("CEL's planner",
                new CelRules(samples, CelRules.Kind.PLANNER, List.of(OneCondition.TEXT)));
        contenders.put("CEL's interpreter",
                new CelRules(samples, CelRules.Kind.INTERPRETER, List.of(OneCondition.TEXT)));
        contenders.put("Drools", new DroolsRules(samples, List.of("m1.value > 800.0 && m2.value < 500.0")));
        return measure(contenders, false);
    }

    private List<Rounds.Figure> conditions() {
        progress.accept("%d conditions, %,d devices".formatted(RULES, setup.devices()));
        Samples samples = setup.samples(setup.devices());
        Map<String, Contender> contenders = new LinkedHashMap<>();
        List<String> plain = Conditions.cel(RULES);
        contenders.put("ours", new OurConditions(samples, plain));
        contenders.put("CEL's planner", new CelRules(samples, CelRules.Kind.PLANNER, plain));
        contenders.put("CEL's interpreter", new CelRules(samples, CelRules.Kind.INTERPRETER, plain));
        contenders.put("Drools", new DroolsRules(samples, Conditions.drools(RULES)));
        return measure(contenders, true);
    }

    // CEL is not here: it has no windows.
    private List<Rounds.Figure> samples() {
        progress.accept("Whole samples of %,d devices, %d rules".formatted(setup.devices(), RULES));
        Samples samples = setup.samples(setup.devices());
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("ours", new OurRules(samples, RULES, RULES));
        List<String> patterns = Drl.windows(RULES);
        contenders.put("Drools, %d of the rules".formatted(patterns.size()),
                new DroolsWindows(samples, patterns));
        return measure(contenders, true);
    }

    private List<Rounds.Figure> growth() {
        progress.accept("Growth");
        Map<String, Contender> byRules = new LinkedHashMap<>();
        Samples samples = setup.samples(setup.devices());
        for (int loaded : setup.rules()) {
            int applying = Math.min(loaded, RULES);
            byRules.put("%d rules loaded, %d apply".formatted(loaded, applying),
                    new OurRules(samples, applying, loaded));
        }
        List<Rounds.Figure> figures = new ArrayList<>(measure(byRules, true));
        byRules.clear();
        Map<String, Contender> byDevices = new LinkedHashMap<>();
        long room = Runtime.getRuntime().maxMemory();
        for (int devices : setup.growth()) {
            room -= devices * STATE_BYTES_MAX;
            if (room > 0) {
                byDevices.put("%,d devices".formatted(devices),
                        new OurRules(setup.samples(devices), RULES, RULES));
            } else {
                progress.accept("%,d devices do not fit into the heap; -Xmx would help".formatted(devices));
            }
        }
        figures.addAll(measure(byDevices, true));
        return figures;
    }

    private List<Rounds.Figure> measure(Map<String, Contender> contenders, boolean breaches) {
        try {
            return contenders.isEmpty()
                    ? List.of()
                    : new Rounds(setup.rounds(), setup.length()).run(contenders, breaches);
        } finally {
            contenders.values().forEach(Contender::close);
        }
    }
}
