package io.aftercare.service.consent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How a consent stands. All transitions are in [#TRANSITIONS]; whoever wants another answer asks anew.
public enum ConsentState {
    /// Nobody asked: no row is in this state.
    NOT_ASKED,
    /// Not answered yet.
    ASKED,
    GIVEN,
    REFUSED,
    /// Its time is over; never stored, for time alone makes it so.
    EXPIRED,
    WITHDRAWN;

    private static final Map<ConsentState, Map<ConsentEvent, ConsentState>> TRANSITIONS = new EnumMap<>(
            Map.of(
                    ASKED,
                    Map.of(ConsentEvent.GIVE, GIVEN, ConsentEvent.REFUSE, REFUSED, ConsentEvent.WITHDRAW,
                            WITHDRAWN,
                            ConsentEvent.LAPSE, EXPIRED),
                    GIVEN, Map.of(ConsentEvent.WITHDRAW, WITHDRAWN, ConsentEvent.LAPSE, EXPIRED)));

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<ConsentState> after(ConsentEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }

    /// What has become of it by now.
    ConsentState at(Instant now, Instant until) {
        return now.isBefore(until) ? this : after(ConsentEvent.LAPSE).orElse(this);
    }
}
