package io.aftercare.service.mail;

import io.aftercare.service.text.Language;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A letter's text as simple HTML: paragraphs, and links where the text has addresses.
final class HtmlLetter {
    private static final Pattern LINK = Pattern.compile("https?://[\\w./~%:-]+");

    private HtmlLetter() {}

    static String of(String text, Language language) {
        String paragraphs = Pattern.compile("\n{2,}").splitAsStream(text.strip())
                .map(paragraph -> "<p>" + linked(escaped(paragraph)).replace("\n", "<br>\n") + "</p>\n")
                .reduce("", String::concat);
        return "<!DOCTYPE html>\n<html lang=\"" + language.text()
                + "\"><head><meta charset=\"utf-8\"></head>\n"
                + "<body style=\"font-family:sans-serif;line-height:1.5;max-width:40em\">\n" + paragraphs
                + "</body></html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String linked(String escaped) {
        return LINK.matcher(escaped).replaceAll(match -> Matcher
                .quoteReplacement("<a href=\"" + match.group() + "\">" + match.group() + "</a>"));
    }
}
