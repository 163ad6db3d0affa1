package io.aftercare.service.supplier;

import io.aftercare.fleet.statistics.Fisher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a supplier's parts hold (R47).
///
/// A part failed if it was taken out because it failed, within the supplier's warranty. For small numbers a rate says little, so
/// it stands with its 95 % interval (Wilson, Probable inference, Journal of the American Statistical Association 22, 1927),
/// and a replacement is suggested only where Fisher's exact test finds another supplier of the same part better, with a probability
/// of chance below [#CHANCE_MAX].
///
/// @param fitted since the beginning
/// @param rate   failed of fitted, null where none was fitted
record Evaluation(String supplier, int fitted, int failed, @Nullable Double rate, List<PartRecord> parts,
        List<Suggestion> replace) {
    static final double CHANCE_MAX = 0.05;
    private static final double Z = 1.959964;

    /// What was fitted of one part of one supplier.
    record Count(String part, String supplier, int fitted, int failed) {}

    /// @param low  of the interval of the rate
    /// @param high of the interval of the rate
    record PartRecord(String part, int fitted, int failed, double rate, double low, double high) {}

    /// @param chance how probable so great a difference is if both were equally good
    record Suggestion(String part, String by, double rate, double chance, String text) {}

    /// @param counts of all suppliers of the parts concerned
    static Evaluation of(String supplier, List<Count> counts) {
        List<Count> own = counts.stream().filter(count -> count.supplier().equals(supplier)).toList();
        int fitted = own.stream().mapToInt(Count::fitted).sum();
        int failed = own.stream().mapToInt(Count::failed).sum();
        List<Suggestion> better = own.stream().flatMap(count -> counts.stream()
                .filter(other -> other.part().equals(count.part()) && !other.supplier().equals(supplier))
                .map(other -> suggestion(count, other)).filter(one -> one.chance() < CHANCE_MAX)
                .filter(one -> one.rate() < (double) count.failed() / count.fitted())).toList();
        return new Evaluation(supplier, fitted, failed, fitted == 0 ? null : (double) failed / fitted,
                own.stream().map(Evaluation::record).toList(), better);
    }

    private static Suggestion suggestion(Count own, Count other) {
        double chance = Fisher.upperTail(own.failed(), own.fitted(), other.failed(), other.fitted());
        double rate = (double) other.failed() / other.fitted();
        return new Suggestion(own.part(), other.supplier(), rate, chance,
                "Of " + own.part() + " " + own.failed() + " of " + own.fitted() + " failed, of "
                        + other.supplier() + "'s " + other.failed() + " of " + other.fitted()
                        + "; buy it there");
    }

    private static PartRecord record(Count count) {
        double n = count.fitted();
        double p = count.failed() / n;
        double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new PartRecord(count.part(), count.fitted(), count.failed(), p, Math.max(0, middle - half),
                Math.min(1, middle + half));
    }
}
