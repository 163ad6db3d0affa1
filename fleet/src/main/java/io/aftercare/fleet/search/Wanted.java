package io.aftercare.fleet.search;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody looks for.
///
/// @param text   as it was written, without blanks around it
/// @param reader who looks, and sees no more than in the lists
/// @param limit  of each kind
public record Wanted(String text, Principal reader, int limit) {
    /// Nothing has this number.
    public static final long NO_NUMBER = -1;
    private static final Pattern NUMBER = Pattern.compile("(?:([A-Za-z]{1,2})-)?0*(\\d{1,18})");

    public String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    public boolean isPartner() {
        return reader.has(Role.PARTNER);
    }

    /// The number that the text is: `T-000012` or `12` where the letter is `T`; [#NO_NUMBER] else.
    public long number(String letter) {
        Matcher number = NUMBER.matcher(text);
        return number.matches() && (number.group(1) == null || number.group(1).equalsIgnoreCase(letter))
                ? Long.parseLong(number.group(2))
                : NO_NUMBER;
    }
}
