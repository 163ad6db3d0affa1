package io.aftercare.diagnostics.backtest;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import java.time.InstantSource;

/// Backtests, wired.
public final class BacktestFeature {
    private final BacktestRoutes routes;
    private final ExplainRoutes explain;

    public BacktestFeature(Database database, Devices devices, StoredHistory history, ConfirmedCases cases,
            BacktestRoutes.Documents documents, InstantSource clock) {
        JudgedDevices judged = new JudgedDevices(database, devices);
        this.routes = new BacktestRoutes(documents, judged, cases, new Backtest(history, clock));
        this.explain = new ExplainRoutes(documents, judged, history, clock);
    }

    /// Binds the operations of `openapi/diagnostics.yaml`.
    public void bind(Operations operations) {
        routes.bind(operations);
        explain.bind(operations);
    }
}
