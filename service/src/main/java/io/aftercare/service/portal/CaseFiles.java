package io.aftercare.service.portal;

import java.util.Optional;

/// Where what a customer sends goes. Called outside of any transaction.
@FunctionalInterface
public interface CaseFiles {
    /// @return why it is not kept, by the desk's own rules; empty where it is
    Optional<String> keep(long ticket, String name, String type, byte[] bytes);
}
