package io.aftercare.service.quality;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A table as RFC 4180 writes it, in UTF-8 with a mark at the beginning, by which spreadsheets know it. Cells that a spreadsheet
/// would take for a formula are kept from it by an apostrophe. Used by one thread.
final class Csv {
    private final StringBuilder out = new StringBuilder("\uFEFF");

    Csv row(@Nullable Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        out.append("\r\n");
        return this;
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (!(value instanceof Number) && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = text.contains(",") || text.contains("\"") || text.contains("\n")
                || text.contains("\r");
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
