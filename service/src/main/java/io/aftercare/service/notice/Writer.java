package io.aftercare.service.notice;

import io.aftercare.service.customer.Contact;
import io.aftercare.service.customer.Contacts;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes letters of notices: looks up whom to write to, and in which words. Works in the caller's transaction.
final class Writer {
    private final Cases cases;
    private final Phrases phrases;
    private final CaseLink links;
    private final NoticeConfig config;

    /// What came of writing.
    sealed interface Written {
        record Ready(Letter letter) implements Written {}

        /// There is nobody to write to.
        record Nowhere(String why) implements Written {}
    }

    Writer(Cases cases, Phrases phrases, CaseLink links, NoticeConfig config) {
        this.cases = cases;
        this.phrases = phrases;
        this.links = links;
        this.config = config;
    }

    Written write(Handle handle, Notice notice) {
        Ticket ticket = ticket(handle, notice);
        Map<String, String> params = params(notice, ticket);
        String to;
        if (notice.isCustomers()) {
            Optional<Contact> contact = Contacts.find(handle, notice.addressee());
            if (contact.isEmpty()) {
                return new Written.Nowhere("the contact was erased");
            }
            to = contact.get().email();
            String name = contact.get().name();
            params.put("name", name == null ? anonymous(notice.language()) : name);
        } else {
            to = Wishes.of(handle, notice.addressee()).email();
            params.put("name", notice.addressee());
        }
        if (to == null) {
            return new Written.Nowhere("no e-mail address is known");
        }
        if (ticket != null && notice.isCustomers()) {
            links.of(handle, ticket.id()).ifPresent(link -> params.put("link", link));
        }
        String subject = phrases.subject(notice.language(), notice.template(), params);
        return new Written.Ready(new Letter(notice.id(), notice.ticket(), to,
                ticket == null ? subject : "[" + ticket.number() + "] " + subject,
                phrases.body(notice.language(), notice.template(), params), notice.language(),
                !notice.isPersonal()));
    }

    /// The words of a notice without a name or a link, for pages.
    Map<String, String> shown(Handle handle, Notice notice, Language language) {
        if (!phrases.knows(notice.template())) {
            return Map.of("subject", notice.template(), "text", "");
        }
        Map<String, String> params = params(notice, ticket(handle, notice));
        params.put("name", notice.isCustomers() ? anonymous(language) : notice.addressee());
        return Map.of("subject", phrases.subject(language, notice.template(), params), "text",
                phrases.body(language, notice.template(), params));
    }

    private @Nullable Ticket ticket(Handle handle, Notice notice) {
        Long id = notice.ticket();
        return id == null ? null : cases.find(handle, id).orElse(null);
    }

    private String anonymous(Language language) {
        return phrases.text(language, "notice.anonymous");
    }

    private Map<String, String> params(Notice notice, @Nullable Ticket ticket) {
        Map<String, String> params = new HashMap<>(phrases.readable(notice.language(), notice.params()));
        params.put("desk", config.desk());
        params.putIfAbsent("advice", phrases.text(notice.language(), "advice.general"));
        if (ticket != null) {
            params.put("number", ticket.number());
            params.put("title", ticket.report().title());
            params.put("device", ticket.report().serial());
        }
        return params;
    }
}
