package io.aftercare.service.quote;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a quote stands. [#next] is the one table of all transitions.
///
/// ```
/// draft ──► sent ──► accepted ──► superseded
///             ├────► declined        ▲
///             ├────► expired         │
///             └──────────────────────┘
/// ```
public enum QuoteState {
    /// In the making; the customer does not see it.
    DRAFT,
    SENT,
    ACCEPTED,
    DECLINED,
    EXPIRED,
    /// A later revision was sent instead; what was agreed to here holds no longer.
    SUPERSEDED;

    /// The states that may follow.
    public Set<QuoteState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(SENT);
            case SENT -> EnumSet.of(ACCEPTED, DECLINED, EXPIRED, SUPERSEDED);
            case ACCEPTED -> EnumSet.of(SUPERSEDED);
            case DECLINED, EXPIRED, SUPERSEDED -> EnumSet.noneOf(QuoteState.class);
        };
    }

    public boolean mayBecome(QuoteState to) {
        return next().contains(to);
    }

    /// The name outside.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static Optional<QuoteState> parse(String text) {
        return Kebab.parse(QuoteState.class, text);
    }
}
