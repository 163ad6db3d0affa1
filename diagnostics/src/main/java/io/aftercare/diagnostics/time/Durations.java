package io.aftercare.diagnostics.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as rules write them, `90s`, `1h30m`, `7d`, or as ISO 8601 writes them, `PT1H30M`.
public final class Durations {
    /// Bound on every span in a rule.
    public static final Duration MAX = Duration.ofDays(30);
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");

    private Durations() {}

    /// @throws IllegalArgumentException saying what would be right
    public static Duration parse(String text) {
        Duration duration = text.startsWith("P") ? iso(text) : simple(text);
        if (duration.isNegative() || duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not within 0 to 30 days");
        }
        return duration;
    }

    /// A span that is longer than nothing, for windows.
    public static Duration window(String text) {
        Duration duration = parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("\"" + text + "\" is no window: it has no length");
        }
        return duration;
    }

    /// As [#parse] reads it, in the fewest signs.
    public static String text(Duration duration) {
        return duration.isZero()
                ? "0s"
                : duration.toString().substring(1).replace("T", "").toLowerCase(Locale.ROOT);
    }

    private static Duration simple(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no span of time such as 90s, 5m, 1h30m or 7d");
        }
        Duration sum = Duration.ZERO;
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            long number = Long.parseLong(matcher.group(1));
            sum = sum.plus(switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            });
        }
        return sum;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no ISO 8601 span of time such as PT5M",
                    e);
        }
    }
}
