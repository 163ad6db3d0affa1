package io.aftercare.service;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import java.util.List;

/// A part of the desk, as [Service] wires it. What it demands of cases, and shows on them, it says to
/// [io.aftercare.service.ticket.Cases] in its constructor.
public interface Room extends AutoCloseable {
    /// Binds its operations, described in `openapi/service/<room>.yaml`.
    void bind(Operations operations);

    /// Names the outbox topics that it receives; before the relay starts.
    default void subscribe(OutboxRelay relay) {}

    /// What acts on what comes due, begun and ended with the room.
    default List<BackgroundLoop> loops() {
        return List.of();
    }

    default void start() {
        loops().forEach(BackgroundLoop::start);
    }

    @Override
    default void close() {
        loops().reversed().forEach(BackgroundLoop::close);
    }
}
