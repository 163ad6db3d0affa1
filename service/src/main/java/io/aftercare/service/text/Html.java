package io.aftercare.service.text;

import java.nio.charset.StandardCharsets;

/// A page of HTML in the making. Whatever is given as text or as the value of an attribute is escaped; names of elements and
/// attributes are the program's own. Used by one thread.
public final class Html {
    private final StringBuilder out = new StringBuilder(4096);

    /// A page that needs nothing beside itself: no script, no other file.
    ///
    /// @param lang  such as `zh`
    /// @param style CSS of the program's own
    public static Html page(String lang, String title, String style) {
        Html page = new Html();
        page.out.append("<!DOCTYPE html>\n");
        page.open("html", "lang", lang).open("head").empty("meta", "charset", "utf-8")
                .empty("meta", "name", "viewport", "content", "width=device-width").element("title", title);
        page.out.append("<style>").append(style).append("</style>");
        return page.close("head").open("body");
    }

    /// @param attributes name, value, name, value…
    public Html open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1])).append('"');
        }
        out.append('>');
        return this;
    }

    public Html close(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /// An element without an end, such as `img`.
    public Html empty(String tag, String... attributes) {
        return open(tag, attributes);
    }

    public Html text(String text) {
        out.append(escape(text));
        return this;
    }

    public Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /// Markup that another part of the program made.
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Ends the page.
    public byte[] end() {
        return close("body").close("html").out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Fit for text and for attributes in double quotes.
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return safe.toString();
    }
}
