package io.aftercare.diagnostics.fault;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.InstantSource;

/// Faults beyond the lanes, wired: what people say of them, and the gate to the desk.
public final class FaultFeature implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Faults faults;
    private final FaultGate gate;
    private final Suppressions suppressions;
    private final Acknowledgements acknowledgements;
    private final Devices devices;

    /// @param committed called after each commit that left something in the outbox
    /// @param listener  hears of what the gate lets through
    public FaultFeature(Database database, Devices devices, InstantSource clock, Runnable committed,
            FaultGate.Listener listener) {
        this.devices = devices;
        this.faults = new Faults(database);
        this.gate = new FaultGate(database, clock, committed, listener, LOOK_EVERY);
        this.suppressions = new Suppressions(database, clock, gate);
        this.acknowledgements = new Acknowledgements(database, clock, gate);
    }

    public void bind(Operations operations) {
        new FaultRoutes(faults, suppressions, acknowledgements).bind(operations);
        new SuppressionRoutes(suppressions, devices).bind(operations);
    }

    public void start() {
        gate.start();
    }

    public Faults faults() {
        return faults;
    }

    public FaultGate gate() {
        return gate;
    }

    @Override
    public void close() {
        gate.close();
    }
}
