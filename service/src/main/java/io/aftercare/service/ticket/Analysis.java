package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.text.Kebab;
import org.jspecify.annotations.Nullable;

/// How the root cause was found (R33).
///
/// @param causes the tree or chain of causes as its author drew it; null where none was drawn
public record Analysis(Method method, @Nullable JsonNode causes) {
    /// Fault tree analysis, root cause analysis, asking why five times, or seen at once.
    public enum Method {
        FTA, RCA, FIVE_WHYS, DIRECT;

        @JsonValue
        public String text() {
            return this == FIVE_WHYS ? "5-whys" : Kebab.of(this);
        }

        @JsonCreator
        public static Method parse(String text) {
            for (Method method : values()) {
                if (method.text().equals(text)) {
                    return method;
                }
            }
            throw new IllegalArgumentException("There is no method " + text);
        }
    }
}
