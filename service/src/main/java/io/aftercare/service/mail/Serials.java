package io.aftercare.service.mail;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds serials in what people write.
final class Serials {
    static final int WORDS_MAX = 200;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");
    private static final Pattern TOLD = Pattern.compile(
            "(?:S/N|SN|serial(?: (?:number|no\\.?))?|序列号|机身号|设备编号)\\s{0,3}(?:[:：#]|is|为|是)?\\s{0,3}([A-Za-z0-9][A-Za-z0-9._-]{2,63})",
            Pattern.CASE_INSENSITIVE);

    private Serials() {}

    /// The words that may be one: with a digit, and in the form of a device's id.
    static List<String> words(String text) {
        return WORD.matcher(text).results().map(match -> match.group().replaceAll("[._-]+$", ""))
                .filter(word -> word.chars().anyMatch(Character::isDigit)).distinct().limit(WORDS_MAX)
                .toList();
    }

    /// What the writer calls one.
    static Optional<String> told(String text) {
        Matcher matcher = TOLD.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).replaceAll("[._-]+$", "")) : Optional.empty();
    }
}
