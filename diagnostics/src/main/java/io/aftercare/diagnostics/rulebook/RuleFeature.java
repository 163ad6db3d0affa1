package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.backtest.BacktestRoutes;
import io.aftercare.diagnostics.engine.History;
import io.aftercare.diagnostics.engine.RuleEngine;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/// Rules and their engine, wired.
public final class RuleFeature {
    private final RuleEngine engine;
    private final Rules rules;

    public RuleFeature(Database database, History history, Events events, MeterRegistry meters,
            InstantSource clock,
            Runnable committed, int devicesPerLaneMax) {
        this.engine = new RuleEngine(database, history, events, meters, clock, committed, devicesPerLaneMax);
        this.rules = new Rules(database, engine, new StoredMetrics(database));
    }

    /// Before the first sample.
    public void start() {
        engine.start();
        rules.load();
    }

    public void bind(Operations operations) {
        new RuleRoutes(rules).bind(operations);
        new RuleVersionRoutes(new RuleVersions(rules)).bind(operations);
    }

    /// Rules by id, or out of a document.
    public BacktestRoutes.Documents documents() {
        return new BacktestRoutes.Documents() {
            @Override
            public Rule stored(String id) {
                return RuleReader
                        .read(rules.find(id).orElseThrow(() -> Problem.notFound("rule", id)).source());
            }

            @Override
            public Rule written(String source) {
                return rules.read(source);
            }
        };
    }

    public RuleEngine engine() {
        return engine;
    }
}
