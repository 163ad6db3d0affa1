package io.aftercare.service.survey;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Set;

/// Where a survey stands. [#next] is the one table.
enum SurveyState {
    SENT,
    ANSWERED,
    /// The link has ended. An answer by phone or on site is still taken.
    EXPIRED;

    Set<SurveyState> next() {
        return switch (this) {
            case SENT -> EnumSet.of(ANSWERED, EXPIRED);
            case EXPIRED -> EnumSet.of(ANSWERED);
            case ANSWERED -> EnumSet.noneOf(SurveyState.class);
        };
    }

    @JsonValue
    String text() {
        return Kebab.of(this);
    }
}
