package io.aftercare.diagnostics.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What is foreseen of a device: for each limit that a rule asks of (`time_to`), and for each bound of the product's metrics that
/// a trend leads to. Thread-safe; blocks.
final class Forecasts {
    private static final int POINTS = 256;
    private final Database database;
    private final Rollups rollups;
    private final Supplier<List<ActiveRule>> rules;
    private final InstantSource clock;

    Forecasts(Database database, Rollups rollups, Supplier<List<ActiveRule>> rules, InstantSource clock) {
        this.database = database;
        this.rollups = rollups;
        this.rules = rules;
        this.clock = clock;
    }

    /// The nearest first, those that nothing leads to last.
    List<Forecast> of(Device device) {
        Instant now = clock.instant();
        List<Forecast> forecasts = new ArrayList<>();
        for (Limit limit : limits(device.model())) {
            List<Rollups.Point> points = rollups.averages(device, limit.metric(), now.minus(limit.history()),
                    now.plus(Duration.ofMinutes(1)), POINTS);
            Forecast.of(limit, points).filter(found -> limit.isAsked() || found.estimate().isPresent())
                    .ifPresent(forecasts::add);
        }
        forecasts.sort(Comparator.comparing((Forecast forecast) -> forecast.estimate().orElse(Instant.MAX))
                .thenComparing(forecast -> forecast.limit().metric()));
        return forecasts;
    }

    private List<Limit> limits(String model) {
        List<Limit> limits = new ArrayList<>();
        rules.get().stream().map(ActiveRule::rule).filter((Rule rule) -> isFor(rule, model))
                .forEach(rule -> limits.addAll(Limit.of(rule)));
        for (JsonNode metric : metrics(model)) {
            String name = metric.path("name").asText();
            for (String bound : List.of("min", "max")) {
                if (metric.path(bound).isNumber() && limits.stream().noneMatch(it -> it.metric().equals(name)
                        && it.isAsked())) {
                    limits.add(
                            new Limit(name, metric.path(bound).asDouble(), Limit.USUAL_HISTORY, Limit.PRODUCT,
                                    false));
                }
            }
        }
        return limits;
    }

    private static boolean isFor(Rule rule, String model) {
        return rule.appliesTo().models().isEmpty() || rule.appliesTo().models().contains(model);
    }

    private JsonNode metrics(String model) {
        Optional<String> document = database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT coalesce(document->'metrics', '[]')::text FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(String.class).findOne());
        return Json.parse(document.orElse("[]"));
    }
}
