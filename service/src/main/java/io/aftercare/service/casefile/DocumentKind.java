package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What a document of a case file is.
public enum DocumentKind {
    /// The report that opened the case (R86).
    ORDER,
    /// What the customer said while it went on (R86).
    FEEDBACK,
    /// What was done, by whom and when (R86).
    HANDLING,
    /// That it is solved, and what shows it (R86).
    ACCEPTANCE,
    WORK_ORDER,
    QUOTE,
    CONSENT,
    RMA,
    PART,
    COMPLAINT,
    ATTACHMENT,
    /// Answered after the case is closed, as a rule.
    SURVEY,
    FOLLOW_UP,
    COST;

    /// Whether it goes on changing after the case is closed, so that an archived copy need not be like it.
    public boolean isLiving() {
        return this == SURVEY || this == FOLLOW_UP || this == COST;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }
}
