package io.aftercare.diagnostics.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A test's series in short: `200x6` is six times 200, `1+2x4` is 1, 3, 5, 7, `_x3` is three steps without a value.
final class Series {
    private static final int VALUES_MAX = 10_000;
    private static final String NUMBER = "-?\\d{1,15}(?:\\.\\d{1,15})?(?:[eE][+-]?\\d{1,3})?";
    private static final Pattern ITEM = Pattern
            .compile("(?<value>_|" + NUMBER
                    + ")(?<slope>[+-]\\d{1,15}(?:\\.\\d{1,15})?)?(?:x(?<times>\\d{1,6}))?");

    private Series() {}

    /// One value each step, NaN for none.
    static List<Double> parse(String text) {
        List<Double> values = new ArrayList<>();
        for (String item : text.strip().split("\\s+", -1)) {
            Matcher matcher = ITEM.matcher(item);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + item + "\" is no part of a series such as 200x6 1+2x4 _x3 17.5");
            }
            int times = matcher.group("times") == null ? 1 : Integer.parseInt(matcher.group("times"));
            double slope = matcher.group("slope") == null ? 0 : Double.parseDouble(matcher.group("slope"));
            double first = matcher.group("value").equals("_")
                    ? Double.NaN
                    : Double.parseDouble(matcher.group("value"));
            for (int i = 0; i < times; i++) {
                values.add(first + i * slope);
            }
            if (values.size() > VALUES_MAX) {
                throw new IllegalArgumentException("a series has at most " + VALUES_MAX + " values");
            }
        }
        return values;
    }
}
