package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.backtest.BacktestRoutes;
import io.aftercare.diagnostics.engine.EngineConfig;
import io.aftercare.diagnostics.engine.RuleEngine;
import io.aftercare.diagnostics.library.Library;
import io.aftercare.diagnostics.library.LibraryRoutes;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Rules and their engine, wired.
public final class RuleFeature {
    private final RuleEngine engine;
    private final Rules rules;
    private final InstantSource clock;
    private volatile @Nullable Library library;

    public RuleFeature(Database database, RuleEngine.Parts parts, EngineConfig config) {
        this.engine = new RuleEngine(database, parts, config);
        this.clock = parts.clock();
        this.rules = new Rules(database, engine, new StoredMetrics(database), parts.events());
    }

    /// Before the first sample.
    public void start() {
        engine.start();
        rules.load();
    }

    public void bind(Operations operations) {
        RuleView view = new RuleView(engine.costs());
        new RuleRoutes(rules, view, clock).bind(operations);
        RuleVersions versions = new RuleVersions(rules);
        new RuleVersionRoutes(versions, view).bind(operations);
        new LibraryRoutes(this::library, versions::install).bind(operations);
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

    /// Read when it is first asked for; whoever asks at the same time reads it too, with the same outcome.
    private Library library() {
        Library known = library;
        if (known == null) {
            known = Library.read();
            library = known;
        }
        return known;
    }

    public RuleEngine engine() {
        return engine;
    }
}
