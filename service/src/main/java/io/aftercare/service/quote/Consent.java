package io.aftercare.service.quote;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was asked or answered about the replacement of a part in a case (R8). The newest of a part holds.
///
/// @param via         `page`, `quote`, or the channel by which somebody heard it
/// @param actor       who asked, or wrote down the answer; `customer` for the customer's page
/// @param wording     exactly what the customer was shown, empty for what was said
/// @param addressHash of where the customer's page was used, null otherwise
record Consent(long id, long ticket, String part, State state, Instant at, String via, String actor,
        String note,
        String wording, @Nullable String addressHash) {
    enum State {
        ASKED, GRANTED, REFUSED;

        static State answered(boolean granted) {
            return granted ? GRANTED : REFUSED;
        }

        @JsonValue
        String text() {
            return Kebab.of(this);
        }
    }
}
