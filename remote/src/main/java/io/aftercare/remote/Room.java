package io.aftercare.remote;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;

/// A part of remote diagnostics, as [Remote] wires it.
public interface Room extends AutoCloseable {
    /// Binds its operations, described in `openapi/remote/<room>.yaml`.
    void bind(Operations operations);

    /// Names the outbox topics that it receives; before the relay starts.
    default void subscribe(OutboxRelay relay) {}

    /// Begins to act on what comes due.
    default void start() {}

    @Override
    default void close() {}
}
