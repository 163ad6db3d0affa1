package io.aftercare.benchmarks.anomaly;

import io.aftercare.benchmarks.anomaly.NabScore.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Scores both detectors over the same series.
public final class AnomalyRun {
    private static final double ALARM = 0.5;

    private AnomalyRun() {}

    /// @param labels path within the folder, to a list of pairs of times
    public static AnomalyReport run(Path folder, Path labels) throws IOException {
        List<Labelled> series = Labelled.read(folder, labels);
        List<double[]> ours = new ArrayList<>();
        List<double[]> theirs = new ArrayList<>();
        for (Labelled one : series) {
            ours.add(Labelled.evaluated(folder.resolve(one.name())));
            theirs.add(Gaussian.scores(one.values()));
        }
        return new AnomalyReport(series.size(), series.stream().mapToInt(it -> it.values().length).sum(),
                series.stream().mapToInt(it -> it.windows().size()).sum(),
                List.of(line("anomaly(value)", series, ours), line("windowed Gaussian", series, theirs)));
    }

    static AnomalyReport.Line line(String detector, List<Labelled> series, List<double[]> scores) {
        NabScore.Result best = NabScore.best(series, scores, Profile.STANDARD);
        return new AnomalyReport.Line(detector, NabScore.at(series, scores, Profile.STANDARD, ALARM),
                best.score(),
                best.threshold(), NabScore.best(series, scores, Profile.FEW_FALSE_ALARMS).score(),
                NabScore.best(series, scores, Profile.FEW_MISSES).score(),
                NabScore.at(half(series, 0), half(scores, 0), Profile.STANDARD, best.threshold()),
                NabScore.at(half(series, 1), half(scores, 1), Profile.STANDARD, best.threshold()),
                IntStream.range(0, series.size()).filter(i -> !series.get(i).windows().isEmpty())
                        .mapToDouble(i -> area(series.get(i), scores.get(i))).average().orElse(0));
    }

    private static <T> List<T> half(List<T> of, int which) {
        return IntStream.range(0, of.size()).filter(i -> i % 2 == which).mapToObj(of::get).toList();
    }

    /// Average precision, value by value.
    static double area(Labelled of, double[] scores) {
        boolean[] labelled = new boolean[scores.length];
        of.windows()
                .forEach(window -> Arrays.fill(labelled, window.first(), window.last() + 1, true));
        List<Integer> order = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed()).toList();
        double area = 0;
        int found = 0;
        int foundBefore = 0;
        for (int i = 0; i < order.size(); i++) {
            found += labelled[order.get(i)] ? 1 : 0;
            if (i + 1 == order.size() || scores[order.get(i + 1)] < scores[order.get(i)]) {
                area += (found - foundBefore) * (double) found / (i + 1);
                foundBefore = found;
            }
        }
        return found == 0 ? 0 : area / found;
    }
}
