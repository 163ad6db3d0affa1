package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A device's free marks: an object of strings, or a list of words, each of which then says "true".
final class Tags {
    static final int COUNT_MAX = 50;
    private static final int LENGTH_MAX = 200;

    private Tags() {}

    static Map<String, String> of(@Nullable JsonNode given) {
        Map<String, String> tags = new TreeMap<>();
        if (given == null || given.isNull()) {
            return tags;
        }
        if (given.isArray()) {
            given.forEach(word -> tags.put(word.asText(), "true"));
        } else {
            given.properties().forEach(entry -> tags.put(entry.getKey(), entry.getValue().asText()));
        }
        return checked(tags);
    }

    /// `line=7;floor=2;vip`, as a cell of a CSV file.
    static Map<String, String> ofCell(String cell) {
        Map<String, String> tags = new TreeMap<>();
        for (String pair : cell.split(";", -1)) {
            int equals = pair.indexOf('=');
            String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
            if (!name.isEmpty()) {
                tags.put(name, equals < 0 ? "true" : pair.substring(equals + 1).strip());
            }
        }
        return checked(tags);
    }

    private static Map<String, String> checked(Map<String, String> tags) {
        if (tags.size() > COUNT_MAX) {
            throw Problem.invalid("tags", "at most " + COUNT_MAX + " are kept");
        }
        tags.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > LENGTH_MAX || value.length() > LENGTH_MAX) {
                throw Problem.invalid("tags",
                        "a name has 1 to " + LENGTH_MAX + " characters, a value at most "
                                + LENGTH_MAX);
            }
        });
        return tags;
    }
}
