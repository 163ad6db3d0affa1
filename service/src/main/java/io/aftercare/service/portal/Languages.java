package io.aftercare.service.portal;

import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Ticket;
import org.jdbi.v3.core.Handle;

/// In which language a customer is spoken to.
public interface Languages {
    Language of(Handle handle, Ticket ticket);

    /// Remembers what was chosen.
    void choose(Handle handle, String contact, Language language);
}
