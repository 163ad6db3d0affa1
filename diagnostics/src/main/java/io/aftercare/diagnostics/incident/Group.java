package io.aftercare.diagnostics.incident;

import io.aftercare.fleet.statistics.Fisher;
import java.util.Locale;

/// Devices of a model that have one thing in common, and the others of that model, by how many have the fault.
///
/// @param dimension firmware, batch, hardware or region
/// @param affected  devices of the group with the fault
/// @param exposed   devices of the group
public record Group(String dimension, String value, int affected, int exposed, int affectedOthers,
        int exposedOthers) {
    /// Two-sided 95 % of the normal distribution.
    private static final double Z95 = 1.959963984540054;

    public Group {
        exposed = Math.max(exposed, affected);
        exposedOthers = Math.max(exposedOthers, affectedOthers);
    }

    /// How many times the odds of the fault are those of the others, with the bounds of its 95 % interval. Woolf's interval on the
    /// logarithm (1955), with a half added to each count (Haldane 1956, Anscombe 1956), so that no count of none breaks it.
    record Odds(double ratio, double low, double high) {}

    double share() {
        return exposed == 0 ? 0 : (double) affected / exposed;
    }

    /// Whether the share is above that of the others.
    boolean standsOut() {
        return (double) affected * exposedOthers > (double) affectedOthers * exposed;
    }

    double p() {
        return Fisher.upperTail(affected, exposed, affectedOthers, exposedOthers);
    }

    Odds odds() {
        double a = affected + 0.5;
        double b = exposed - affected + 0.5;
        double c = affectedOthers + 0.5;
        double d = exposedOthers - affectedOthers + 0.5;
        double log = Math.log(a * d / (b * c));
        double error = Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
        return new Odds(Math.exp(log), Math.exp(log - Z95 * error), Math.exp(log + Z95 * error));
    }

    /// Such as `31 of 40 devices with firmware 2.4.0 (77.5 %), 2 of 160 others`.
    String inWords() {
        return String.format(Locale.ROOT, "%d of %d devices with %s %s (%s %%), %d of %d others", affected,
                exposed,
                dimension, value.isEmpty() ? "unknown" : value, percent(share()), affectedOthers,
                exposedOthers);
    }

    private static String percent(double share) {
        double percent = share * 100;
        return percent >= 10
                ? String.format(Locale.ROOT, "%.0f", percent)
                : String.format(Locale.ROOT, "%.2g", percent);
    }
}
