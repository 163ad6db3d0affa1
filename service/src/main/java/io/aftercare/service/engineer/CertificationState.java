package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a certification stands. [#next] is the table; what time does (expiring, expired) follows from the day.
///
/// ```
/// applied ──► reviewed ──► valid ──► expiring ──► expired
///                 ▲ │           └──────────┴──────────┴──► revoked
///                 └─┘ (failed: once more)
/// ```
public enum CertificationState {
    APPLIED,
    REVIEWED,
    VALID,
    /// Still valid, and not for long.
    EXPIRING,
    EXPIRED,
    REVOKED;

    public Set<CertificationState> next() {
        return switch (this) {
            case APPLIED -> EnumSet.of(REVIEWED);
            case REVIEWED -> EnumSet.of(VALID, REVIEWED);
            case VALID -> EnumSet.of(EXPIRING, EXPIRED, REVOKED);
            case EXPIRING -> EnumSet.of(EXPIRED, REVOKED);
            case EXPIRED -> EnumSet.of(REVOKED);
            case REVOKED -> EnumSet.noneOf(CertificationState.class);
        };
    }

    public boolean mayBecome(CertificationState to) {
        return next().contains(to);
    }

    /// Whether it lets somebody be sent.
    public boolean isGood() {
        return this == VALID || this == EXPIRING;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static Optional<CertificationState> parse(String text) {
        return Kebab.parse(CertificationState.class, text);
    }
}
