package io.aftercare.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// A part of remote diagnostics, as [Remote] wires it.
public interface Room extends AutoCloseable {
    /// Binds its operations, described in `openapi/remote/<room>.yaml`.
    void bind(Operations operations);

    /// Names the outbox topics that it receives; before the relay starts.
    default void subscribe(OutboxRelay relay) {}

    /// A device says that it crashed or started; in the transaction that takes it out of the outbox.
    ///
    /// @param key   unique for the event
    /// @param event `{"device","ts","code","level","message","data"}`, its time in epoch milliseconds; a device's own words
    default void deviceEvent(Handle transaction, String key, JsonNode event) {}

    /// Destroys what was taken off a device for this case alone (R75); the rows stay and say when. In the caller's transaction: files
    /// go with the commit. Once more does nothing.
    ///
    /// @param names of the case: its id and its number
    /// @return how many things were destroyed
    default int purge(Handle transaction, Set<String> names) {
        return 0;
    }

    /// Begins to act on what comes due.
    default void start() {}

    @Override
    default void close() {}
}
