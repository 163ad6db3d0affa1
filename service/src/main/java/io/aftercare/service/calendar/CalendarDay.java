package io.aftercare.service.calendar;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.List;

/// A day of a calendar, for people who look at a month of it.
///
/// @param hours when is worked, empty where nobody works
record CalendarDay(LocalDate date, Kind kind, List<Hours> hours) {
    /// Whether it is otherwise than its day of the week.
    boolean isSpecial() {
        return kind != Kind.OPEN && kind != Kind.OFF;
    }

    /// Why a day is worked, or not: by the week, as a public holiday, as a further day off, or in spite of all that.
    enum Kind {
        OPEN("open"), OFF("off"), HOLIDAY("holiday"), CLOSED("closed"), MAKE_UP("make-up");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }
}
