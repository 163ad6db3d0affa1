package io.aftercare.diagnostics.action;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import java.time.InstantSource;

/// Remote actions, wired.
public final class ActionFeature implements AutoCloseable {
    private final Actions actions;
    private final ActionClock clock;

    public ActionFeature(Database database, Devices devices, Downlink downlink, Surroundings surroundings,
            Events events, InstantSource clock) {
        this.actions = new Actions(database, devices, downlink, surroundings, events, clock);
        this.clock = new ActionClock(actions);
    }

    public void start() {
        clock.start();
    }

    public void bind(Operations operations) {
        new ActionRoutes(actions).bind(operations);
    }

    public Actions actions() {
        return actions;
    }

    @Override
    public void close() {
        clock.close();
    }
}
