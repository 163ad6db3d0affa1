package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import io.aftercare.remote.action.Actions;

/// Fleet actions, wired.
public final class FleetActionRoom implements Room {
    private final FleetActions fleetActions;
    private final FleetEngine engine;

    public FleetActionRoom(RemoteGround ground, Actions actions) {
        FleetBook book = new FleetBook(ground);
        this.engine = new FleetEngine(ground, book, actions);
        this.fleetActions = new FleetActions(ground, actions, book, engine.loop()::wake);
    }

    @Override
    public void bind(Operations operations) {
        new FleetActionRoutes(fleetActions).bind(operations);
    }

    /// One look at everything, as the loop has them.
    boolean round() {
        return engine.round();
    }

    @Override
    public void start() {
        engine.loop().start();
    }

    @Override
    public void close() {
        engine.loop().close();
    }
}
