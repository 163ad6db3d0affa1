package io.aftercare.service.consent;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A question put to the customer of a case, and its answer. The newest of a purpose counts.
///
/// @param until       it holds no longer than this, answered or not
/// @param why         as the customer is told
/// @param via         `page`, or the channel by which staff heard the answer
/// @param by          who answered or wrote the answer down; `customer` for the customer's page
/// @param note        the customer's words, as staff wrote them down
/// @param wording     exactly what the customer agreed to, and its SHA-256
/// @param withdrawnBy `customer`, or who wrote it down
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RemoteConsent(@JsonFormat(shape = JsonFormat.Shape.STRING) long id,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long ticket, int version, ConsentPurpose purpose,
        ConsentState state, Instant until, String why, String askedBy, Instant askedAt, @Nullable String via,
        @Nullable String by, @Nullable Instant at, @Nullable String note, @Nullable String wording,
        @Nullable String wordingSha256, @Nullable String withdrawnBy, @Nullable Instant withdrawnAt) {
    /// As it stands at `now`.
    RemoteConsent at(Instant now) {
        return new RemoteConsent(id, ticket, version, purpose, state.at(now, until), until, why, askedBy,
                askedAt,
                via, by, at, note, wording, wordingSha256, withdrawnBy, withdrawnAt);
    }
}
