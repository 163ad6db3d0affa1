package io.aftercare.service.mail;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The text of an HTML letter, read in one pass without building a tree, so that hostile HTML costs no more than its
/// length. What scripts and styles contain is left out; nothing is fetched.
final class HtmlText {
    private static final Set<String> BREAKS = Set.of("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4",
            "h5",
            "h6", "table", "ul", "ol", "blockquote", "hr", "section", "article");
    private static final Set<String> SILENT = Set.of("script", "style", "head", "title", "template");
    private static final Map<String, String> ENTITIES = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"",
            "apos", "'", "nbsp", " ", "mdash", "—", "ndash", "–", "hellip", "…");
    private static final int ENTITY_MAX = 10;

    private final String html;
    private final String lower;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private HtmlText(String html) {
        this.html = html;
        this.lower = html.toLowerCase(Locale.ROOT);
    }

    static String of(String html) {
        return new HtmlText(html).read();
    }

    private String read() {
        while (at < html.length()) {
            char c = html.charAt(at);
            switch (c) {
                case '<' -> tag();
                case '&' -> entity();
                default -> {
                    space(c);
                    at++;
                }
            }
        }
        return text.toString().replaceAll(" +\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
    }

    // Blanks and line ends of the source are one blank.
    private void space(char c) {
        if (!Character.isWhitespace(c)) {
            text.append(c);
        } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }

    private void tag() {
        if (lower.startsWith("<!--", at)) {
            skipPast("-->");
            return;
        }
        int from = at + 1;
        boolean end = from < html.length() && html.charAt(from) == '/';
        int start = end ? from + 1 : from;
        int stop = start;
        while (stop < html.length() && Character.isLetterOrDigit(html.charAt(stop))) {
            stop++;
        }
        String name = lower.length() == html.length() ? lower.substring(start, stop) : "";
        if (name.isEmpty() && !end && (from >= html.length() || html.charAt(from) != '!')) {
            text.append('<'); // no tag: "5 < 6"
            at++;
            return;
        }
        if (BREAKS.contains(name)) {
            text.append('\n');
        }
        skipPast(">");
        if (!end && SILENT.contains(name)) {
            skipPast("</" + name);
            skipPast(">");
        }
    }

    private void skipPast(String mark) {
        int found = lower.indexOf(mark, at);
        at = found < 0 ? html.length() : found + mark.length();
    }

    private void entity() {
        String ahead = html.substring(at + 1, Math.min(html.length(), at + ENTITY_MAX));
        int end = ahead.indexOf(';');
        String decoded = end < 0 ? null : decoded(ahead.substring(0, end));
        if (decoded == null) {
            text.append('&');
            at++;
        } else if (decoded.isBlank()) {
            space(' ');
            at += end + 2;
        } else {
            text.append(decoded);
            at += end + 2;
        }
    }

    private static @Nullable String decoded(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.get(name);
        }
        try {
            int code = name.startsWith("#x") || name.startsWith("#X")
                    ? Integer.parseInt(name.substring(2), 16)
                    : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(code) ? Character.toString(code) : null;
        } catch (NumberFormatException e) {
            return null; // no entity after all: its text is shown as it stands
        }
    }
}
