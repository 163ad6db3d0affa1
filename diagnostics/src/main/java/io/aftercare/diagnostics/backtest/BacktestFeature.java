package io.aftercare.diagnostics.backtest;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;

/// Backtests, wired.
public final class BacktestFeature {
    private final BacktestRoutes routes;

    public BacktestFeature(Database database, Devices devices, StoredHistory history, ConfirmedCases cases,
            BacktestRoutes.Documents documents) {
        this.routes = new BacktestRoutes(documents, new JudgedDevices(database, devices), cases,
                new Backtest(history));
    }

    /// Binds the operations of `openapi/diagnostics.yaml`.
    public void bind(Operations operations) {
        routes.bind(operations);
    }
}
