package io.aftercare.service.knowledge;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a canned answer may leave open, as `{number}`. Pure.
final class Placeholders {
    static final List<String> NAMES = List.of("number", "title", "device", "model", "state", "owner", "agent",
            "customer");
    private static final Pattern OPEN = Pattern.compile("\\{([^{}\\s]*)}");

    private Placeholders() {}

    /// Those that nothing fills in.
    static List<String> unknown(String text) {
        return OPEN.matcher(text).results().map(match -> match.group(1)).filter(name -> !NAMES.contains(name))
                .distinct().toList();
    }

    /// Once: what a value contains is not read again.
    static String fill(String text, Map<String, String> values) {
        return OPEN.matcher(text).replaceAll((MatchResult match) -> Matcher
                .quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }
}
