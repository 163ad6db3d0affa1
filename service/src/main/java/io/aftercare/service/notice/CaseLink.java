package io.aftercare.service.notice;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Where a customer sees a case.
@FunctionalInterface
public interface CaseLink {
    /// A link for one letter; empty where the address of the page is not known.
    Optional<String> of(Handle handle, long ticket);
}
