package io.aftercare.service.loaner;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a device of the pool is; [#next] is the one table.
public enum LoanerState {
    AVAILABLE,
    LENT,
    /// Came back not sound or not wiped: somebody has to see to it before it is lent again.
    CHECKING,
    RETIRED;

    public Set<LoanerState> next() {
        return switch (this) {
            case AVAILABLE -> EnumSet.of(LENT, CHECKING, RETIRED);
            case LENT -> EnumSet.of(AVAILABLE, CHECKING);
            case CHECKING -> EnumSet.of(AVAILABLE, RETIRED);
            case RETIRED -> EnumSet.noneOf(LoanerState.class);
        };
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<LoanerState> parse(String text) {
        return Kebab.parse(LoanerState.class, text);
    }
}
