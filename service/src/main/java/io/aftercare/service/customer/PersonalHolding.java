package io.aftercare.service.customer;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// A room that holds words of, or about, a person outside of the customer's file: it tells what it holds, and forgets it.
/// Works in the caller's transaction.
public interface PersonalHolding {
    /// Everything that is held, as Jackson writes it.
    ///
    /// @param ids the customer's file and those that were merged into it
    List<?> held(Handle handle, List<String> ids);

    /// Takes the person out and leaves the rest.
    void forget(Handle handle, List<String> ids);
}
