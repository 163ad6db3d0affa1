package io.aftercare.ota.health;

import java.util.Arrays;

/// The rank sum test of two groups (Wilcoxon 1945; Mann & Whitney 1947), one-sided: how probable it is that the first group
/// ranks so high, if belonging to it made no difference. Ties share their mean rank. Exact by counting all ways to draw the
/// group, where those can be counted; else by the normal distribution with correction for ties and continuity, whose tail is the
/// heavier one there (tested against exact counts).
final class RankSum {
    private static final long WORK_MAX = 5_000_000;
    private static final int DEVICES_MAX = 500;

    private RankSum() {}

    static double upperTail(double[] group, double[] others) {
        if (group.length == 0 || others.length == 0) {
            return 1;
        }
        int[] ranks = doubledRanks(group, others);
        long sum = 0;
        for (int i = 0; i < group.length; i++) {
            sum += ranks[i];
        }
        int small = Math.min(group.length, others.length);
        long most = 2L * small * ranks.length; // no sum of the smaller group is higher
        return (long) small * ranks.length * most <= WORK_MAX && ranks.length <= DEVICES_MAX
                ? exact(ranks, group.length, sum, (int) most)
                : normal(ranks, group.length, sum);
    }

    /// Twice the mean ranks, which are whole; the group's first.
    private static int[] doubledRanks(double[] group, double[] others) {
        double[] values = Arrays.copyOf(group, group.length + others.length);
        System.arraycopy(others, 0, values, group.length, others.length);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] ranks = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = Arrays.binarySearch(sorted, values[i]);
            int last = first;
            while (first > 0 && sorted[first - 1] == values[i]) {
                first--;
            }
            while (last < sorted.length - 1 && sorted[last + 1] == values[i]) {
                last++;
            }
            ranks[i] = first + last + 2;
        }
        return ranks;
    }

    // ways[k][s]: how many sets of k devices have the sum s
    private static double exact(int[] ranks, int size, long sum, int most) {
        int small = Math.min(size, ranks.length - size);
        double[][] ways = new double[small + 1][most + 1];
        ways[0][0] = 1;
        int reached = 0;
        for (int rank : ranks) {
            reached = Math.min(most, reached + rank);
            for (int k = small; k >= 1; k--) {
                for (int s = reached; s >= rank; s--) {
                    ways[k][s] += ways[k - 1][s - rank];
                }
            }
        }
        long ofAll = (long) ranks.length * (ranks.length + 1);
        double total = 0;
        double tail = 0;
        for (int s = 0; s <= most; s++) {
            total += ways[small][s];
            boolean isTail = small == size ? s >= sum : ofAll - s >= sum;
            tail += isTail ? ways[small][s] : 0;
        }
        return tail / total;
    }

    static double normal(int[] ranks, int size, long sum) {
        int all = ranks.length;
        double mean = size * (all + 1.0); // doubled
        double squares = 0;
        for (int rank : ranks) {
            squares += (rank - (all + 1.0)) * (rank - (all + 1.0));
        }
        double variance = (double) size * (all - size) / all * squares / (all - 1.0);
        return variance == 0 ? 1 : Normal.upperTail((sum - mean - 1) / Math.sqrt(variance));
    }

    /// As [#upperTail], always by the normal distribution; what tests compare.
    static double approximate(double[] group, double[] others) {
        int[] ranks = doubledRanks(group, others);
        long sum = 0;
        for (int i = 0; i < group.length; i++) {
            sum += ranks[i];
        }
        return normal(ranks, group.length, sum);
    }
}
