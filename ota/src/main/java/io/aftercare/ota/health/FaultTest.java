package io.aftercare.ota.health;

import io.aftercare.fleet.statistics.Fisher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares which share of the devices raised faults: all codes together, and each code. Who is updated first is decided
/// by a hash, so if the release made no difference, the affected devices would fall on the two groups as if drawn: Fisher's exact test.
///
/// Codes that the very same devices raised are one comparison. Which comparisons there are, and what can be spent on them,
/// follows from both groups together without a look at who is in which, so that choosing them costs nothing.
final class FaultTest {
    /// Bound on the codes compared: those that the most devices raised.
    private static final int CODES_MAX = 200;

    private FaultTest() {}

    record Result(List<Finding> findings, double spent) {}

    /// @param excused codes (or [Finding#ANY]) that somebody has looked at
    static Result of(List<Compared> updated, List<Compared> waiting, Set<String> excused, double budget) {
        Map<BitSet, List<String>> kinds = kinds(updated, waiting, excused);
        List<BitSet> sets = List.copyOf(kinds.keySet());
        double[] least = sets.stream().mapToDouble(
                set -> tail(Math.min(set.cardinality(), updated.size()), set, updated.size(), waiting.size()))
                .toArray();
        double level = Budget.level(least, budget);
        List<Finding> findings = new ArrayList<>();
        double spent = 0;
        for (int i = 0; i < sets.size(); i++) {
            BitSet set = sets.get(i);
            int own = set.get(0, updated.size()).cardinality();
            boolean able = least[i] <= level;
            if (able) {
                spent += tail(critical(set, updated.size(), waiting.size(), level), set, updated.size(),
                        waiting.size());
            }
            double p = tail(own, set, updated.size(), waiting.size());
            Finding.Verdict verdict = !able
                    ? Finding.Verdict.TOO_FEW
                    : p <= level ? Finding.Verdict.WORSE : Finding.Verdict.NO_SIGN;
            findings.add(new Finding(Finding.Kind.FAULT, kinds.getOrDefault(set, List.of()), null,
                    Finding.Side.share(own, updated.size()),
                    Finding.Side.share(set.cardinality() - own, waiting.size()), p, level, verdict));
        }
        return new Result(findings, spent);
    }

    // by the devices that are affected, the updated ones first
    private static Map<BitSet, List<String>> kinds(List<Compared> updated, List<Compared> waiting,
            Set<String> excused) {
        Map<String, BitSet> byCode = new LinkedHashMap<>();
        for (int i = 0; i < updated.size() + waiting.size(); i++) {
            Compared device = i < updated.size() ? updated.get(i) : waiting.get(i - updated.size());
            for (String code : new TreeSet<>(device.faults())) {
                if (!excused.contains(code)) {
                    byCode.computeIfAbsent(code, _ -> new BitSet()).set(i);
                }
            }
        }
        Map<BitSet, List<String>> kinds = new LinkedHashMap<>();
        if (!excused.contains(Finding.ANY) && !byCode.isEmpty()) {
            BitSet any = new BitSet();
            byCode.values().forEach(any::or);
            kinds.computeIfAbsent(any, _ -> new ArrayList<>()).add(Finding.ANY);
        }
        byCode.entrySet().stream()
                .sorted((a, b) -> Integer.compare(b.getValue().cardinality(), a.getValue().cardinality()))
                .limit(CODES_MAX)
                .forEach(entry -> kinds.computeIfAbsent(entry.getValue(), _ -> new ArrayList<>())
                        .add(entry.getKey()));
        // where one code is all that was raised, its name says more than "any"
        kinds.values().stream().filter(names -> names.size() > 1).forEach(names -> names.remove(Finding.ANY));
        return kinds;
    }

    private static double tail(int own, BitSet set, int updated, int waiting) {
        return Fisher.upperTail(own, updated, set.cardinality() - own, waiting);
    }

    /// The fewest affected updated devices that are an alarm at this level.
    private static int critical(BitSet set, int updated, int waiting, double level) {
        int high = Math.min(set.cardinality(), updated);
        int low = 0;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tail(middle, set, updated, waiting) <= level) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }
}
