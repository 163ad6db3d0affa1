package io.aftercare.service.runbook;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.FaultHistory;
import java.time.Duration;
import java.util.List;

/// Runbooks, wired.
public final class RunbookRoom implements Room {
    private final RunbookRoutes runbooks;
    private final RunRoutes routes;
    private final Runs runs;
    private final Remedies remedies;
    private final BackgroundLoop loop;

    /// @param every how often runs are looked at whose time has come
    public RunbookRoom(DeskGround ground, Cases cases, FaultHistory history, RemoteActions remote,
            Duration every) {
        World world = new World(ground.devices(), cases, history, remote);
        Suggestions suggestions = new Suggestions(world);
        this.runs = new Runs(ground, cases, world, remote);
        this.remedies = new Remedies(ground, cases, runs, suggestions);
        this.runbooks = new RunbookRoutes(ground);
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
        routes.bind(operations);
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        relay.on(Runs.REQUEST, (handle, _, payload) -> runs.request(handle, payload));
        relay.on("action.ended", (handle, _, payload) -> {
            runs.ended(handle, payload);
            handle.afterCommit(relay::wake);
        });
        relay.on(Remedies.CONSIDER, (handle, _, payload) -> {
            remedies.consider(handle, payload);
            handle.afterCommit(relay::wake);
        });
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }
}
