package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// How experienced somebody is; says how often they are trained (R58).
public enum Level {
    JUNIOR, SENIOR;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static Level parse(String text) {
        return Kebab.parse(Level.class, text).orElseThrow();
    }
}
