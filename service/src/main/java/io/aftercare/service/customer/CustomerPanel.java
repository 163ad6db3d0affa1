package io.aftercare.service.customer;

import io.aftercare.fleet.people.Principal;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A room's share of a customer's page, such as the complaints.
@FunctionalInterface
public interface CustomerPanel {
    /// What to show this reader, as Jackson writes it.
    ///
    /// @param ids the customer's file and those that were merged into it
    List<?> of(Handle handle, List<String> ids, Principal reader);
}
