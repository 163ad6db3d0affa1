package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which cell of an import's line is what, as its first line says; `id` and `model` must be there.
record ImportColumns(Map<String, Integer> places) {
    static final List<String> NAMES = List.of("id", "model", "hardware", "customer", "purchased", "region",
            "outlet",
            "tags", "gateway", "token");
    private static final int TEXT_MAX = 200;
    private static final int TOKEN_MIN = 22; // 128 random bits in Base64
    private static final int TOKEN_MAX = 200;

    static ImportColumns of(Csv.Row header) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.cells().size(); i++) {
            String name = header.cells().get(i).strip().toLowerCase(Locale.ROOT);
            if (!NAMES.contains(name) || places.put(name, i) != null) {
                throw Problem.invalid("columns", "the first line names columns, each once, of " + NAMES
                        + "; \"" + header.cells().get(i) + "\" is not one of them or comes twice");
            }
        }
        if (!places.containsKey("id") || !places.containsKey("model")) {
            throw Problem.invalid("columns", "the columns id and model are needed in the first line");
        }
        return new ImportColumns(Map.copyOf(places));
    }

    /// The device of a line; an [IllegalArgumentException] or a [Problem] says what is wrong with the line.
    NewDevice device(Csv.Row row) {
        if (!row.flaw().isEmpty()) {
            throw new IllegalArgumentException(row.flaw());
        }
        if (row.cells().size() > places.size()) {
            throw new IllegalArgumentException(
                    "it has " + row.cells().size() + " cells, the first line has " + places.size());
        }
        return new NewDevice(new DeviceId(cell(row, "id")), cell(row, "model"), cell(row, "hardware"),
                cell(row, "customer"), purchased(cell(row, "purchased")), cell(row, "region"),
                cell(row, "outlet"),
                Tags.ofCell(cell(row, "tags")), gateway(cell(row, "gateway")),
                token(cell(row, "token")));
    }

    /// The id of a line, as far as there is one.
    String id(Csv.Row row) {
        int place = places.getOrDefault("id", 0);
        return place < row.cells().size() ? row.cells().get(place).strip() : "";
    }

    private String cell(Csv.Row row, String name) {
        Integer place = places.get(name);
        String text = place == null || place >= row.cells().size() ? "" : row.cells().get(place).strip();
        if (text.length() > TEXT_MAX && !name.equals("tags")) {
            throw new IllegalArgumentException(name + " has more than " + TEXT_MAX + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(name + " has a NUL character");
        }
        return text;
    }

    private static @Nullable LocalDate purchased(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "purchased is " + text + "; a date such as 2026-11-01 is needed", e);
        }
    }

    private static String gateway(String text) {
        return text.isEmpty() ? "" : new DeviceId(text).value();
    }

    private static DeviceToken token(String text) {
        if (text.isEmpty()) {
            return DeviceToken.random();
        }
        if (text.length() < TOKEN_MIN || text.length() > TOKEN_MAX) {
            throw new IllegalArgumentException(
                    "a token has " + TOKEN_MIN + " to " + TOKEN_MAX + " characters");
        }
        return new DeviceToken(text);
    }
}
