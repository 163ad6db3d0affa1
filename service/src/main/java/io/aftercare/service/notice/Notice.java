package io.aftercare.service.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.text.Language;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that somebody is told.
///
/// @param audience  `customer` or `staff`
/// @param addressee the pseudonym of a contact, or a user's name
/// @param channel   `mail`, or `app` for what staff reads here
/// @param reason    why it is not sent, empty where there is nothing to say
/// @param attempts  how often sending began
/// @param dueAt     when it may be sent, or tried again
public record Notice(long id, @Nullable Long ticket, String audience, String addressee, String channel,
        String template, Language language, JsonNode params, NoticeState state, String reason, int attempts,
        Instant createdAt, Instant dueAt, @Nullable Instant sentAt, @Nullable Instant readAt) {
    static final String CUSTOMER = "customer";
    static final String STAFF = "staff";
    static final String MAIL = "mail";
    static final String APP = "app";
    /// What a member of staff writes in person.
    static final String PERSONAL = "personal";

    boolean isCustomers() {
        return audience.equals(CUSTOMER);
    }

    boolean isPersonal() {
        return template.equals(PERSONAL);
    }
}
