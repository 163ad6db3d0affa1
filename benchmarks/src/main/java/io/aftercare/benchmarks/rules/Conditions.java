package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.simulator.load.LoadOptions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The mix of rules that [BenchFleet] has, for engines that know no functions over time: each function is a variable of theirs.
final class Conditions {
    private static final Pattern ABSOLUTE = Pattern.compile("abs\\((.+)\\) > ([0-9.]+)");
    private static final Pattern FUNCTION = Pattern
            .compile("(avg|max|min|rate|prev)\\((m[0-9])(, \"[^\"]+\")?\\)");
    private static final Pattern METRIC = Pattern.compile("\\b(m[0-9])\\b(?!\\.)");

    private Conditions() {}

    static List<String> metrics() {
        return LoadOptions.metricNames(BenchFleet.METRICS);
    }

    /// The variables that stand for functions over time.
    static List<String> windowed() {
        return metrics().stream()
                .flatMap(
                        metric -> Stream.of("avg", "max", "min", "rate", "prev").map(it -> it + "_" + metric))
                .toList();
    }

    /// For CEL: `avg(m1, "5m")` is the variable `avg_m1`.
    static List<String> cel(int count) {
        return plain(count).map(text -> FUNCTION.matcher(text).replaceAll("$1_$2")).toList();
    }

    /// For Drools: `avg(m1, "5m")` is `m1.avg`, and `m1` is `m1.value`, of a [Reading].
    static List<String> drools(int count) {
        return plain(count).map(text -> FUNCTION.matcher(text).replaceAll("$2.$1"))
                .map(text -> METRIC.matcher(text).replaceAll("$1.value")).toList();
    }

    private static Stream<String> plain(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(BenchFleet::condition)
                .map(text -> ABSOLUTE.matcher(text).replaceAll("($1 > $2 || $1 < -$2)"));
    }
}
