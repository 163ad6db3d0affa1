package io.aftercare.benchmarks.ingest;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Spread;
import io.aftercare.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The figures of a run.
public record IngestReport(Machine machine, int connections, int window, int rules, double secondsPerPhase,
        List<Round> rounds) {
    private static final String OURS = "Aftercare";

    /// @param stored rows that the backend's database holds more than before: as many as it acknowledged
    public record Round(long stored, List<Phase> phases) {
        Phase phase(String name) {
            return phases.stream().filter(phase -> phase.name().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + " was not measured"));
        }
    }

    static String copyName(int connections) {
        return "COPY, " + connections + (connections == 1 ? " connection" : " connections");
    }

    /// How many times as fast as `peer` the backend was, round by round.
    public List<Double> ratios(String peer) {
        return rounds.stream().map(round -> round.phase(OURS).perSecond() / round.phase(peer).perSecond())
                .toList();
    }

    /// For a report.
    public String markdown() {
        return "%d connections, window %d, QoS 1, %d rule(s), %.0f s a phase, %d rounds.  \n%s\n\n%s\n%s\n%s"
                .formatted(connections, window, rules, secondsPerPhase, rounds.size(), machine.text(),
                        rates().text(), ratios().text(), costs().text())
                + "\nIn every round the backend's table held exactly the messages acknowledged: "
                + rounds.stream().map(round -> "%,d".formatted(round.stored()))
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    private Set<String> names() {
        return rounds.stream().flatMap(round -> round.phases().stream()).map(Phase::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Phase> all(String name) {
        return rounds.stream().map(round -> round.phase(name)).toList();
    }

    private Table rates() {
        Table table = new Table("messages/s", "min", "median", "max", "p50 ms", "p99 ms");
        for (String name : names()) {
            List<Phase> phases = all(name);
            Spread spread = Spread.of(phases.stream().map(Phase::perSecond).toList());
            double p50 = Spread.of(phases.stream().map(Phase::p50Millis).toList()).median();
            double p99 = Spread.of(phases.stream().map(Phase::p99Millis).toList()).median();
            table.row(name, Table.number(spread.min()), Table.number(spread.median()),
                    Table.number(spread.max()),
                    p50 == 0 ? "" : Table.number(p50), p99 == 0 ? "" : Table.number(p99));
        }
        return table;
    }

    private Table ratios() {
        List<String> head = new ArrayList<>(List.of("Aftercare divided by"));
        for (int i = 1; i <= rounds.size(); i++) {
            head.add("round " + i);
        }
        head.addAll(List.of("min", "median", "max"));
        Table table = new Table(head.toArray(String[]::new));
        names().stream().filter(name -> !name.equals(OURS)).forEach(name -> {
            List<String> cells = new ArrayList<>(List.of(name));
            ratios(name).forEach(ratio -> cells.add(Table.number(ratio)));
            Spread spread = Spread.of(ratios(name));
            cells.addAll(List.of(Table.number(spread.min()), Table.number(spread.median()),
                    Table.number(spread.max())));
            table.row(cells.toArray(String[]::new));
        });
        return table;
    }

    private Table costs() {
        Set<String> processes = new TreeSet<>();
        rounds.forEach(round -> round.phases().forEach(phase -> processes.addAll(phase.cpuSecondsPerMillion()
                .keySet())));
        List<String> head = new ArrayList<>(List.of("CPU seconds per million, median"));
        head.addAll(processes);
        Table table = new Table(head.toArray(String[]::new));
        for (String name : names()) {
            List<String> cells = new ArrayList<>(List.of(name));
            processes.forEach(process -> cells.add(cost(all(name), process)));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String cost(List<Phase> phases, String process) {
        List<Double> costs = phases.stream().map(Phase::cpuSecondsPerMillion)
                .filter(each -> each.containsKey(process))
                .map((Map<String, Double> each) -> each.get(process))
                .toList();
        return costs.isEmpty() ? "" : Table.number(Spread.of(costs).median());
    }
}
