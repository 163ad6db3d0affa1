package io.aftercare.ota.wording;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/// A part of a text for people.
///
/// @param code  stable name of what is said; empty where a person or a device said it
/// @param facts what it is said of, by name
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Told(String code, Map<String, String> facts, String text) {
    public Told {
        facts = Map.copyOf(facts);
    }

    static Told asIs(String text) {
        return new Told("", Map.of(), text);
    }
}
