package io.aftercare.service.casefile;

import io.aftercare.service.ticket.Ticket;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A room of the desk that has documents of cases. [io.aftercare.service.Service] hands each to [CaseFiles].
@FunctionalInterface
public interface CaseFileSource {
    /// The documents that it has of this case, oldest first, at most some hundreds; in the caller's transaction.
    List<CaseDocument> documents(Handle handle, Ticket ticket);
}
