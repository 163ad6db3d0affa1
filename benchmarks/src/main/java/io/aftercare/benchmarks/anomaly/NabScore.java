package io.aftercare.benchmarks.anomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The score of the Numenta Anomaly Benchmark, from its paper (Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms",
/// 2015): a detection in a window is worth the more the earlier it is, the best one of each window counts, others cost the more
/// the further they are behind one. The first 15 % of a series (750 values at most) count nothing. 100 is perfect, 0 says nothing.
final class NabScore {
    private static final double PROBATION = 0.15;
    private static final int PROBATION_MAX = 750;
    private static final double STEEPNESS = 5;
    private static final double FAR = 3;

    /// What the published profiles weigh differently.
    enum Profile {
        STANDARD(1, 0.11), FEW_FALSE_ALARMS(1, 0.22), FEW_MISSES(2, 0.11);

        private final double miss;
        private final double falseAlarm;

        Profile(double miss, double falseAlarm) {
            this.miss = miss;
            this.falseAlarm = falseAlarm;
        }
    }

    /// @param threshold from which on a score is a detection
    record Result(double score, double threshold) {}

    private record Detection(double score, int series, int window, double worth) {}

    private NabScore() {}

    static double at(List<Labelled> series, List<double[]> scores, Profile profile, double threshold) {
        return sweep(series, scores, profile, threshold).score();
    }

    /// With the threshold that suits the whole corpus best, as NAB's own scores are published.
    static Result best(List<Labelled> series, List<double[]> scores, Profile profile) {
        return sweep(series, scores, profile, 0);
    }

    /// Lowers the threshold step by step, to the wanted one or, if that is 0, past the best.
    private static Result sweep(List<Labelled> series, List<double[]> scores, Profile profile,
            double wanted) {
        List<Detection> detections = new ArrayList<>();
        List<double[]> taken = new ArrayList<>();
        int windows = 0;
        for (int i = 0; i < series.size(); i++) {
            collect(series.get(i), scores.get(i), i, profile, detections);
            taken.add(new double[series.get(i).windows().size()]);
            windows += series.get(i).windows().size();
        }
        detections.sort(Comparator.comparingDouble(Detection::score).reversed());
        double nothing = -profile.miss * windows;
        double sum = nothing;
        Result best = new Result(0, 1);
        for (int i = 0; i < detections.size() && detections.get(i).score() >= wanted; i++) {
            sum += gain(detections.get(i), taken, profile);
            boolean step = i + 1 == detections.size()
                    || detections.get(i + 1).score() < detections.get(i).score();
            double score = 100 * (sum - nothing) / (windows - nothing);
            if (step && (wanted > 0 || score > best.score())) {
                best = new Result(score, detections.get(i).score());
            }
        }
        return best;
    }

    private static double gain(Detection detection, List<double[]> taken, Profile profile) {
        if (detection.window() < 0) {
            return detection.worth();
        }
        double[] best = taken.get(detection.series());
        double before = best[detection.window()];
        best[detection.window()] = Math.max(before, detection.worth());
        return best[detection.window()] - before + (before == 0 ? profile.miss : 0);
    }

    private static void collect(Labelled of, double[] scores, int number, Profile profile,
            List<Detection> into) {
        int begin = (int) Math.min(PROBATION * scores.length, PROBATION_MAX);
        int next = 0;
        for (int i = 0; i < scores.length; i++) {
            while (next < of.windows().size() && of.windows().get(next).last() < i) {
                next++;
            }
            boolean inside = next < of.windows().size() && i >= of.windows().get(next).first();
            if (i >= begin && scores[i] > 0) {
                double worth = inside
                        ? early(of.windows().get(next), i)
                        : profile.falseAlarm * (next == 0 ? -1 : late(of.windows().get(next - 1), i));
                into.add(new Detection(scores[i], number, inside ? next : -1, worth));
            }
        }
    }

    private static double early(Labelled.Window window, int at) {
        double width = window.last() - window.first() + 1;
        return sigmoid(-(window.last() - at + 1) / width) / sigmoid(-1);
    }

    private static double late(Labelled.Window window, int at) {
        return sigmoid((at - window.last()) / (double) Math.max(1, window.last() - window.first()));
    }

    private static double sigmoid(double place) {
        return place > FAR ? -1 : 2 / (1 + Math.exp(STEEPNESS * place)) - 1;
    }
}
