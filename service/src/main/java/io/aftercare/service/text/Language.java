package io.aftercare.service.text;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// A language that customers are spoken to in.
public enum Language {
    ZH, EN;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The nearest one to a locale such as `zh-CN` or `en`; English where it is neither.
    public static Language of(String locale) {
        return locale.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }

    /// The language that a text seems to be written in: Chinese where a tenth of its letters are Han characters.
    public static Language ofText(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long han = text.codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN).count();
        return han * 10 > letters ? ZH : EN;
    }

    public Locale locale() {
        return this == ZH ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }
}
