package io.aftercare.service.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.text.Language;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A notice as people see it.
///
/// @param subject in the words of its template, without the customer's name
@JsonInclude(JsonInclude.Include.ALWAYS)
record NoticeView(String id, @Nullable String ticket, String audience, String addressee, String channel,
        String template, Language language, NoticeState state, String reason, int attempts,
        Instant createdAt, @Nullable Instant sentAt, @Nullable Instant readAt, String subject, String text) {

    static NoticeView of(Notice notice, String subject, String text) {
        Long ticket = notice.ticket();
        return new NoticeView(Long.toString(notice.id()), ticket == null ? null : ticket.toString(),
                notice.audience(), notice.addressee(), notice.channel(), notice.template(), notice.language(),
                notice.state(), notice.reason(), notice.attempts(), notice.createdAt(), notice.sentAt(),
                notice.readAt(), subject, text);
    }
}
