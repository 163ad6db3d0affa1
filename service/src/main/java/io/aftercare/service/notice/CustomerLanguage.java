package io.aftercare.service.notice;

import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Ticket;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// In which language the customer of a case is spoken to: the one that was chosen, else that of the customer's file,
/// else the one that the report is written in.
public final class CustomerLanguage {
    private final FileLanguage files;

    /// What the customer's file says.
    @FunctionalInterface
    public interface FileLanguage {
        Optional<Language> of(Handle handle, Ticket ticket);
    }

    public CustomerLanguage(FileLanguage files) {
        this.files = files;
    }

    public Language of(Handle handle, Ticket ticket) {
        return chosen(handle, ticket).or(() -> files.of(handle, ticket)).orElseGet(
                () -> Language.ofText(ticket.report().title() + ticket.report().symptom()));
    }

    /// Remembers what the customer chose.
    public void choose(Handle handle, String contact, Language language) {
        handle.createUpdate("""
                INSERT INTO service.contact_language (contact, language) VALUES (:contact, :language)
                ON CONFLICT (contact) DO UPDATE SET language = excluded.language""")
                .bind("contact", contact).bind("language", language.text()).execute();
    }

    private static Optional<Language> chosen(Handle handle, Ticket ticket) {
        String contact = ticket.report().contact();
        return contact == null
                ? Optional.empty()
                : handle.createQuery("SELECT language FROM service.contact_language WHERE contact = :id")
                        .bind("id", contact).mapTo(String.class).findOne().map(Language::of);
    }
}
