package io.aftercare.service.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What stands against something, said for programs and for people: a console says it in its reader's language by `code` and
/// `values`, and falls back to `text`.
///
/// @param code   stable, such as `booked`
/// @param values what fills the sentence, by name; days as `2026-11-02`
/// @param text   the sentence in English
public record Cause(String code, Map<String, String> values, String text) {
    public Cause {
        values = Map.copyOf(values);
    }

    public static Cause of(String code, String text) {
        return new Cause(code, Map.of(), text);
    }

    /// The same with one more value.
    public Cause with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value.toString());
        return new Cause(code, more, text);
    }

    /// The sentences alone.
    public static List<String> texts(List<Cause> causes) {
        return causes.stream().map(Cause::text).toList();
    }

    /// All of them as one sentence in English.
    public static String joined(List<Cause> causes) {
        return causes.stream().map(Cause::text).collect(Collectors.joining("; "));
    }
}
