package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.FaultHistory;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Runbooks, wired.
public final class RunbookRoom implements Room {
    private final RunbookRoutes runbooks;
    private final RunbookLibrary library;
    private final RunRoutes routes;
    private final Runs runs;
    private final Remedies remedies;
    private final BackgroundLoop loop;
    private volatile Runnable wake = () -> {
    };

    /// @param every how often runs are looked at whose time has come
    public RunbookRoom(DeskGround ground, Cases cases, FaultHistory history, RemoteActions remote,
            Duration every) {
        World world = new World(ground.devices(), cases, history, remote);
        Suggestions suggestions = new Suggestions(world);
        this.runs = new Runs(ground, cases, world, remote);
        this.remedies = new Remedies(ground, cases, runs, suggestions);
        this.runbooks = new RunbookRoutes(ground);
        this.library = new RunbookLibrary(ground);
        this.routes = new RunRoutes(ground, cases, runs, world);
        this.loop = new BackgroundLoop("runbooks-due", every, () -> runs.runDue() || remedies.runDue());
        runs.listen(remedies::finished);
        cases.listen(remedies::changed);
        cases.show("runbooks", (handle, ticket, _) -> RunRoutes.shown(handle, ticket));
        cases.show("runbook", (handle, ticket, _) -> suggestions.shown(handle, ticket, ground.now()));
    }

    @Override
    public void bind(Operations operations) {
        runbooks.bind(operations);
        library.bind(operations);
        routes.bind(operations);
    }

    /// Takes the end of an action, as the outbox tells it; of one that no run waits for, nothing.
    public void ended(Handle handle, String key, JsonNode payload) {
        runs.ended(handle, payload);
        wakeAfter(handle);
    }

    // what runs wish for waits in the outbox then
    private void wakeAfter(Handle handle) {
        handle.afterCommit(wake);
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        wake = relay::wake;
        relay.on(Runs.REQUEST, (handle, _, payload) -> runs.request(handle, payload));
        relay.on(Remedies.CONSIDER, (handle, _, payload) -> {
            remedies.consider(handle, payload);
            wakeAfter(handle);
        });
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }
}
