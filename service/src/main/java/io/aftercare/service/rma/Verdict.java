package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What an inspection finds: a defect of ours, none, or damage that was done to it.
public enum Verdict {
    QUALITY, NON_QUALITY, MISUSE;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    static Verdict of(String text) {
        return parse(text).orElseThrow();
    }

    public static Optional<Verdict> parse(String text) {
        return Kebab.parse(Verdict.class, text);
    }
}
