package io.aftercare.service.improvement;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where an improvement stands. [#next] is the one table.
///
/// ```
/// raised ──► analysed ──► improving ──► verified
///    │           │            ▲ └── it did not help ──┐
///    └───────────┴──► declined└───────────────────────┘
/// ```
public enum ImprovementState {
    RAISED, ANALYSED, IMPROVING, VERIFIED, DECLINED;

    public Set<ImprovementState> next() {
        return switch (this) {
            case RAISED -> EnumSet.of(ANALYSED, DECLINED);
            case ANALYSED -> EnumSet.of(IMPROVING, DECLINED);
            case IMPROVING -> EnumSet.of(VERIFIED, ANALYSED);
            case VERIFIED, DECLINED -> EnumSet.noneOf(ImprovementState.class);
        };
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<ImprovementState> parse(String text) {
        return Kebab.parse(ImprovementState.class, text);
    }
}
