package io.aftercare.diagnostics.expression;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version as semver.org (2.0.0) orders them: `2.10.0` after `2.9.1`, `2.0.0-rc.1` before `2.0.0`; what follows a `+` counts
/// for nothing. A leading `v` and missing minor and patch numbers are forgiven, because firmware comes that way.
record SemanticVersion(List<Long> numbers, List<String> preRelease) implements Comparable<SemanticVersion> {
    private static final Pattern SYNTAX = Pattern
            .compile(
                    "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-([0-9A-Za-z.-]{1,64}))?(?:\\+.{0,64})?");

    static SemanticVersion parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no version such as 2.4.0");
        }
        String pre = matcher.group(4);
        return new SemanticVersion(
                List.of(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3))),
                pre == null ? List.of() : List.of(pre.split("\\.")));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
            int order = PART.compare(preRelease.get(i), other.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    /// Numbers before words, numbers by value, words by ASCII.
    private static final Comparator<String> PART = (left, right) -> {
        boolean a = left.matches("\\d+");
        boolean b = right.matches("\\d+");
        return a && b
                ? new BigInteger(left).compareTo(new BigInteger(right))
                : a ? -1 : b ? 1 : left.compareTo(right);
    };
}
