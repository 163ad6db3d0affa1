package io.aftercare.remote.log;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of logs what is nobody's business: who the customer is, where, and what opens doors. Rules are tried in their order on each
/// line, whose length the caller bounds; a product's own patterns run in time linear in the line. Keeps a little state between the lines of
/// one log, so that each log has its own. Not thread-safe.
final class Redactor {
    /// Changed with every change of the rules, so that a log tells by which it was redacted.
    static final int VERSION = 1;
    private static final String SECRETS = "pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_-]?key|access[_-]?key"
            + "|private[_-]?key|client[_-]?key|psk|pin|credentials?|session(?:[_-]?id)?|cookie|otp|wpa[_-]?key";
    private static final String HINT = "(?i)pass|pwd|secret|token|key|psk|pin|credential|session|cookie|otp";
    private static final String BEFORE = "(?<![0-9A-Za-z])";
    private static final String AFTER = "(?![0-9A-Za-z])";

    /// @param name  that stands for what was found, in brackets
    /// @param found the rule's text, of which group 1, where there is one, stays
    /// @param hint  what a line has that the rule can find something in; a cheap look that spares most lines the rule
    private record Rule(String name, Pattern hint, Pattern found, Predicate<String> isMeant) {
        static Rule of(String name, String hint, String regex) {
            return of(name, hint, regex, _ -> true);
        }

        static Rule of(String name, String hint, String regex, Predicate<String> isMeant) {
            return new Rule(name, Pattern.compile(hint), Pattern.compile(regex), isMeant);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("secret", "(?i)authorization",
                    "(?i)((?:proxy-)?authorization[\"']?\\s{0,4}[:=]\\s{0,4}).+"),
            Rule.of("secret", "(?i)cookie", "(?i)((?:set-)?cookie[\"']?\\s{0,4}[:=]\\s{0,4}).+"),
            Rule.of("secret", "://",
                    "([A-Za-z][A-Za-z0-9+.-]{1,20}://)[^\\s/@:]{0,200}:[^\\s/@]{1,200}(?=@)"),
            Rule.of("secret", HINT, "(?i)(" + "[\"']?[\\w.-]{0,32}(?:" + SECRETS
                    + ")[\\w.-]{0,32}[\"']?\\s{0,4}(?:[:=]|->|\\bis\\b)\\s{0,4})"
                    + "(?:(?:bearer|basic|digest|token)\\s+)?(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|'[^']*+'?|[^\\s,;&}\\]]++)"),
            Rule.of("secret", "(?i)bearer", "(?i)(\\bbearer\\s{1,4})[A-Za-z0-9._~+/=-]{6,}"),
            Rule.of("secret", "eyJ",
                    BEFORE + "eyJ[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)?"),
            Rule.of("email", "@|%40",
                    "[\\p{L}\\p{N}._%+'-]{1,64}(?:@|%40)[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}"),
            Rule.of("mac", "[:.-]", BEFORE + "[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}" + AFTER),
            Rule.of("mac", "[:.-]", BEFORE + "[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}" + AFTER),
            Rule.of("ip", "[:.]",
                    "(?<![0-9A-Za-z:.])[0-9A-Fa-f:]{2,39}(?:(?<=:)(?:\\d{1,3}\\.){3}\\d{1,3})?(?:%\\w{1,16})?(?![0-9A-Za-z:])",
                    Redactor::isIpv6),
            Rule.of("ip", "[:.]", "(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?!\\d|\\.\\d)"),
            Rule.of("id", "\\d{17}", BEFORE + "[1-9]\\d{16}[\\dXx]" + AFTER),
            Rule.of("card", "\\d", "(?<!\\d)\\d(?:[ -]?\\d){12,18}(?!\\d)", Redactor::isCard),
            Rule.of("phone", "\\d", "(?<![\\w+])(?:\\+|00)[1-9]\\d{0,2}(?:[ ().-]{0,3}\\d){6,12}(?!\\d)"),
            Rule.of("phone", "\\d", "(?<![\\d.])1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}(?!\\d)"),
            Rule.of("phone", "\\d",
                    "(?<![\\d.])(?:\\(0\\d{1,4}\\)|0\\d{2,4})[ /-]\\d{3,4}[ -]?\\d{3,5}(?!\\d)"),
            Rule.of("phone", "\\d", "(?<![\\d.])(?:\\(\\d{3}\\) ?|\\d{3}[ -])\\d{3}[ -]\\d{4}(?!\\d)"));

    private final OwnPatterns own;
    private boolean inKey;

    private Redactor(OwnPatterns own) {
        this.own = own;
    }

    /// @param patterns of the product's document
    /// @throws IllegalArgumentException that names the pattern which is none: nothing is read without it
    static Redactor with(List<String> patterns) {
        return new Redactor(OwnPatterns.of(patterns));
    }

    /// @param counts of what was found, by the names of the rules; added to
    String redact(String line, Map<String, Integer> counts) {
        if (inKey || line.contains("-----BEGIN ") && line.contains("PRIVATE KEY")) {
            inKey = !line.contains("-----END ");
            counts.merge("key", 1, Integer::sum);
            return "[key]";
        }
        String text = own.redact(line, counts);
        for (Rule rule : RULES) {
            text = apply(rule, text, counts);
        }
        return text;
    }

    private static String apply(Rule rule, String text, Map<String, Integer> counts) {
        if (!rule.hint().matcher(text).find()) {
            return text;
        }
        Matcher found = rule.found().matcher(text);
        StringBuilder kept = new StringBuilder();
        int from = 0;
        while (found.find()) {
            int begin = found.groupCount() > 0 && found.group(1) != null ? found.end(1) : found.start();
            String what = text.substring(begin, found.end());
            if (!rule.isMeant().test(what) || what.equals("[" + rule.name() + "]")) {
                continue;
            }
            kept.append(text, from, begin).append('[').append(rule.name()).append(']');
            from = found.end();
            counts.merge(rule.name(), 1, Integer::sum);
        }
        return from == 0 ? text : kept.append(text, from, text.length()).toString();
    }

    // Eight groups, or fewer with a gap; a time of day is neither.
    private static boolean isIpv6(String text) {
        String address = text.replaceFirst("%.*", "");
        long colons = address.chars().filter(c -> c == ':').count();
        boolean gap = address.contains("::");
        return colons >= 2 && (gap && address.length() > 3 && !address.contains(":::") || !gap && colons == 7)
                && List.of(address.split(":", -1)).stream()
                        .allMatch(group -> group.length() <= 4 || group.contains("."));
    }

    // Luhn's sum: https://www.iso.org/standard/70484.html (ISO/IEC 7812-1)
    private static boolean isCard(String text) {
        String digits = text.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = i % 2 == 0 ? digit : digit * 2;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
