package io.aftercare.ota.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What one comparison of a look came to.
///
/// @param names   what was compared: a metric, or the codes that the very same devices raised; [#ANY] for faults of any code
/// @param worse   which way is worse, for a metric
/// @param p       how probable so large a difference is, if the release made none
/// @param level   what p must not exceed for an alarm at this look; 0 where nothing may be spent yet
public record Finding(Kind kind, List<String> names, @Nullable String worse, Side updated, Side waiting,
        double p, double level, Verdict verdict) {
    /// The name of faults of any code.
    public static final String ANY = "any";

    public Finding {
        names = List.copyOf(names);
    }

    public enum Kind {
        FAULT, METRIC;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Verdict {
        /// The updated devices do worse; chance does not explain it.
        WORSE,
        /// No sign of it at this look.
        NO_SIGN,
        /// So few devices, or faults, that no outcome could have been told from chance.
        TOO_FEW;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// A group. For faults `value` is the share of devices that raised one, for a metric the mean change of its devices since
    /// before the campaign; `low` and `high` bound it with 95 % (Wilson's interval for a share; of the normal distribution for a mean).
    ///
    /// @param devices  compared
    /// @param affected of them; for a metric as many as devices
    /// @param level    for a metric the mean itself, which people know
    public record Side(int devices, int affected, double value, double low, double high,
            @Nullable Double level) {
        static Side share(int affected, int devices) {
            if (devices == 0) {
                return new Side(0, 0, 0, 0, 1, null);
            }
            double n = devices;
            double z2 = Normal.Z95 * Normal.Z95;
            double share = affected / n;
            double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
            double half = Normal.Z95 / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
            return new Side(devices, affected, share, Math.max(0, middle - half), Math.min(1, middle + half),
                    null);
        }

        static Side mean(double[] changes, double level) {
            int n = changes.length;
            double mean = 0;
            for (double change : changes) {
                mean += change / n;
            }
            double squares = 0;
            for (double change : changes) {
                squares += (change - mean) * (change - mean);
            }
            double half = n < 2 ? 0 : Normal.Z95 * Math.sqrt(squares / (n - 1) / n);
            return new Side(n, n, mean, mean - half, mean + half, n == 0 ? null : level);
        }
    }

    /// Such as `FUSER_OVERHEAT on 5 of 5 updated devices and 0 of 95 waiting ones, p = 1.3e-08 (allowed 7.3e-04)`.
    public String inWords() {
        String what = String.join(" and ", names);
        String chance = String.format(Locale.ROOT, ", p = %.2g (allowed %.2g)", p, level);
        return switch (kind) {
            case FAULT ->
                (names.contains(ANY) ? "faults of any code" : what) + " on " + updated.affected() + " of "
                        + updated.devices() + " updated devices and " + waiting.affected() + " of "
                        + waiting.devices() + " waiting ones" + chance;
            case METRIC -> String.format(Locale.ROOT,
                    "%s changed by %+.4g on %d updated devices and by %+.4g on %d waiting ones", what,
                    updated.value(), updated.devices(), waiting.value(), waiting.devices()) + chance;
        };
    }
}
