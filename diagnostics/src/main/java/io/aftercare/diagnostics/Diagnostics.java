package io.aftercare.diagnostics;

import io.aftercare.diagnostics.engine.History;
import io.aftercare.diagnostics.engine.RuleEngine;
import io.aftercare.diagnostics.rulebook.RuleFeature;
import io.aftercare.diagnostics.backtest.BacktestFeature;
import io.aftercare.diagnostics.backtest.ConfirmedCases;
import io.aftercare.diagnostics.backtest.StoredHistory;
import io.aftercare.diagnostics.fault.FaultFeature;
import io.aftercare.diagnostics.fault.FaultGate;
import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.diagnostics.forecast.ForecastRoutes;
import io.aftercare.diagnostics.forecast.Rollups;
import io.aftercare.diagnostics.incident.IncidentFeature;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// The diagnostics feature, wired: rules and the faults they raise.
public final class Diagnostics implements AutoCloseable {
    private final RuleFeature rules;
    private final FaultFeature faults;
    private final IncidentFeature incidents;
    private final BacktestFeature backtests;
    private final ForecastRoutes forecasts;

    /// What the feature needs of the others.
    ///
    /// @param history      the stored samples
    /// @param committed    called after each commit that left something in the outbox; wake the relay with it
    /// @param past         the stored samples of a span of time, for backtests
    /// @param cases        what people found, which backtests are measured by
    /// @param rollups      stored averages, for forecasts
    public record Seams(History history, Runnable committed, StoredHistory past, ConfirmedCases cases,
            Rollups rollups) {}

    public Diagnostics(Database database, Devices devices, Seams seams, Events events, MeterRegistry meters,
            Clock clock, DiagnosticsConfig config) {
        this.rules = new RuleFeature(database, new RuleEngine.Parts(seams.history(), devices::find, events,
                meters, clock, seams.committed()), config.engine());
        this.incidents = new IncidentFeature(database, events, clock, seams.committed(), config.incidents());
        this.faults = new FaultFeature(database, devices, clock, seams.committed(), listener(events));
        this.backtests = new BacktestFeature(database, devices, seams.past(), seams.cases(),
                rules.documents(), clock);
        this.forecasts = new ForecastRoutes(database, devices, seams.rollups(), () -> rules.engine().rules(),
                clock);
    }

    private static FaultGate.Listener listener(Events events) {
        return new FaultGate.Listener() {
            @Override
            public void raised(Handle handle, String fault, Instant at) {
                IncidentFeature.raised(handle, fault, at);
            }

            @Override
            public void cleared(Handle handle, String fault, Instant at) {
                IncidentFeature.cleared(handle, fault, at);
            }

            @Override
            public void changed(String fault, String device, String code, String outlet, String change) {
                events.publish("fault.changed", Json.object().put("id", fault).put("device", device)
                        .put("code", code).put("change", change), principal -> principal.seesOutlet(outlet));
            }
        };
    }

    /// Reads open faults and the rules in force; before the first sample.
    public void start() {
        rules.start();
        rules.engine().run();
        faults.start();
        incidents.start();
    }

    /// Binds the operations of `openapi/diagnostics.yaml`.
    public void bind(Operations operations) {
        rules.bind(operations);
        faults.bind(operations);
        incidents.bind(operations);
        backtests.bind(operations);
        forecasts.bind(operations);
    }

    public RuleEngine engine() {
        return rules.engine();
    }

    public Faults faults() {
        return faults.faults();
    }

    /// What stands between raised faults and the desk.
    public FaultGate gate() {
        return faults.gate();
    }

    public IncidentFeature incidents() {
        return incidents;
    }

    @Override
    public void close() {
        incidents.close();
        faults.close();
        rules.engine().close();
    }
}
