package io.aftercare.service.calendar;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stretch of one day by the clock on the wall, such as `09:00-12:00`; `24:00` is the day's end.
///
/// @param from minutes since midnight
/// @param to   minutes since midnight, exclusive, after `from`
public record Hours(int from, int to) implements Comparable<Hours> {
    static final int DAY = 24 * 60;
    static final Hours WHOLE_DAY = new Hours(0, DAY);
    private static final Pattern FORM = Pattern.compile("(\\d\\d):([0-5]\\d)-(\\d\\d):([0-5]\\d)");

    public Hours {
        if (from < 0 || to > DAY || from >= to) {
            throw new IllegalArgumentException(
                    text(from, to)
                            + " is no stretch of a day: it begins before it ends, at 24:00 at the latest");
        }
    }

    @JsonCreator
    public static Hours parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(text + " is not of the form 09:00-12:00");
        }
        return new Hours(minutes(match.group(1), match.group(2)), minutes(match.group(3), match.group(4)));
    }

    boolean overlaps(Hours other) {
        return from < other.to && other.from < to;
    }

    @JsonValue
    public String text() {
        return text(from, to);
    }

    @Override
    public int compareTo(Hours other) {
        return Integer.compare(from, other.from);
    }

    private static int minutes(String hours, String minutes) {
        return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    private static String text(int from, int to) {
        return String.format(Locale.ROOT, "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
    }
}
