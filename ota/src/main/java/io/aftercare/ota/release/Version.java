package io.aftercare.ota.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as semver 2.0 (https://semver.org) orders it, with one to four numbers before the pre-release.
///
/// @param key text that sorts as versions do; the database's `ota.version_key` makes the same
public record Version(String key) implements Comparable<Version> {
    private static final Pattern FORM = Pattern
            .compile("v?([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:\\.([0-9]{1,9}))?"
                    + "(?:\\.([0-9]{1,9}))?(?:-([0-9A-Za-z.-]{1,64}))?(?:\\+[0-9A-Za-z.-]*)?");

    /// Empty for a text that is no version.
    public static Optional<Version> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        StringBuilder key = new StringBuilder();
        for (int i = 1; i <= 4; i++) {
            String number = matcher.group(i);
            pad(key, number == null ? "0" : number, 9);
        }
        String early = matcher.group(5);
        if (early == null) {
            return Optional.of(new Version(key.append('~').toString()));
        }
        for (String part : early.split("\\.", -1)) {
            key.append('!');
            if (part.matches("[0-9]{1,18}")) {
                pad(key.append('0'), part, 18);
            } else {
                key.append('1').append(part);
            }
        }
        return Optional.of(new Version(key.toString()));
    }

    /// Whether both are versions and `left` is the lower one; an unknown version is below nothing.
    public static boolean below(String left, String right) {
        Optional<Version> a = of(left);
        Optional<Version> b = of(right);
        return a.isPresent() && b.isPresent() && a.get().compareTo(b.get()) < 0;
    }

    private static void pad(StringBuilder to, String digits, int width) {
        to.repeat('0', width - digits.length()).append(digits);
    }

    @Override
    public int compareTo(Version other) {
        return key.compareTo(other.key);
    }
}
