package io.aftercare.service.mail;

import java.util.List;
import java.util.regex.Pattern;

/// What somebody wrote in an answer, without the letter that it answers to.
final class Answer {
    private static final List<Pattern> BEGINNINGS = List.of(
            Pattern.compile("^-{3,} ?(Original Message|原始邮件|Forwarded message).*", Pattern.CASE_INSENSITIVE),
            Pattern.compile("^On .{5,200} wrote: ?$"), Pattern.compile("^在.{5,200}写道[:：]\\s*$"),
            Pattern.compile("^(From|发件人)[:：] ?.{1,300}$"), Pattern.compile("^_{10,}$"));

    private Answer() {}

    /// The whole text where nothing would be left of it.
    static String of(String text) {
        StringBuilder said = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith(">")) {
                continue;
            }
            if (line.length() < 400 && BEGINNINGS.stream().anyMatch(one -> one.matcher(line).matches())) {
                break;
            }
            said.append(line).append('\n');
        }
        String own = said.toString().strip();
        return own.isEmpty() ? text.strip() : own;
    }
}
