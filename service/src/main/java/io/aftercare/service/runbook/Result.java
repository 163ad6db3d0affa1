package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What a runbook that was gone through says of the case.
enum Result {
    /// Believed fixed; telemetry has the last word.
    FIXED,
    /// It did not help: the next remedy, or the desk.
    NOT_FIXED,
    /// A manager has to know.
    ESCALATE,
    /// Somebody has to go there.
    DISPATCH,
    /// Every step is done, and none says what came of it.
    COMPLETED;

    @JsonValue
    String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    static Result of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no result " + text));
    }

    static Optional<Result> parse(String text) {
        return Kebab.parse(Result.class, text);
    }
}
