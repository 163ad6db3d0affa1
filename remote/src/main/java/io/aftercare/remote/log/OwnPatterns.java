package io.aftercare.remote.log;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a product wants taken out of its logs besides the usual, such as serial numbers. RE2: the time is linear in the line, whatever
/// the pattern. Immutable.
final class OwnPatterns {
    static final int PATTERNS_MAX = 20;
    static final int LENGTH_MAX = 200;

    private final List<Pattern> patterns;

    private OwnPatterns(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /// @throws IllegalArgumentException that names the pattern which is none: nothing is read without it
    static OwnPatterns of(List<String> texts) {
        if (texts.size() > PATTERNS_MAX) {
            throw new IllegalArgumentException(
                    "a product has at most " + PATTERNS_MAX + " patterns to redact");
        }
        List<Pattern> patterns = new ArrayList<>();
        for (String text : texts) {
            if (text.isEmpty() || text.length() > LENGTH_MAX) {
                throw new IllegalArgumentException(
                        "a pattern to redact has 1 to " + LENGTH_MAX + " characters");
            }
            try {
                patterns.add(Pattern.compile(text));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "the product's pattern to redact is none: " + e.getMessage(), e);
            }
        }
        return new OwnPatterns(patterns);
    }

    String redact(String line, Map<String, Integer> counts) {
        String text = line;
        for (Pattern pattern : patterns) {
            text = redact(pattern, text, counts);
        }
        return text;
    }

    private static String redact(Pattern pattern, String text, Map<String, Integer> counts) {
        Matcher found = pattern.matcher(text);
        StringBuilder kept = new StringBuilder();
        int from = 0;
        while (found.find()) {
            if (found.end() > found.start()) {
                kept.append(text, from, found.start()).append("[serial]");
                from = found.end();
                counts.merge("serial", 1, Integer::sum);
            }
        }
        return from == 0 ? text : kept.append(text, from, text.length()).toString();
    }
}
