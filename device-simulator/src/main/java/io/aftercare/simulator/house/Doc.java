package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON objects, written as names and values in turn.
final class Doc {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Doc() {}

    /// @param pairs names and values; a value may be a number, a text, a list, a map or JSON. A null leaves its name out
    static ObjectNode of(@Nullable Object... pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            if (value != null) {
                fields.put(String.valueOf(pairs[i]), value);
            }
        }
        return JSON.valueToTree(fields);
    }

    /// Both languages of a text.
    static Map<String, String> both(String zh, String en) {
        return Map.of("zh", zh, "en", en);
    }

    /// The same words for each day from Monday to Friday.
    static Map<String, List<String>> weekdays(String... hours) {
        Map<String, List<String>> week = new LinkedHashMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
            week.put(day, List.of(hours));
        }
        return week;
    }
}
