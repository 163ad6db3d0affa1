package io.aftercare.diagnostics.forecast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Forecasts by HTTP.
public final class ForecastRoutes {
    private final Devices devices;
    private final Forecasts forecasts;

    /// @param rules those in force
    public ForecastRoutes(Database database, Devices devices, Rollups rollups,
            Supplier<List<ActiveRule>> rules,
            InstantSource clock) {
        this.devices = devices;
        this.forecasts = new Forecasts(database, rollups, rules, clock);
    }

    public void bind(Operations operations) {
        operations.on("listForecasts", this::list);
    }

    private Response list(Request request) {
        Device device = devices.visible(request.path("id"), request.principal());
        ArrayNode items = Json.array();
        forecasts.of(device).forEach(forecast -> items.add(shown(forecast)));
        return Response.ok(Json.object().set("items", items));
    }

    private static ObjectNode shown(Forecast forecast) {
        Limit limit = forecast.limit();
        ObjectNode shown = Json.object().put("metric", limit.metric()).put("limit", limit.value())
                .put("source", limit.source()).put("current", forecast.current());
        shown.put("perDay", forecast.perDay().orElse(null));
        shown.put("estimate", text(forecast.estimate())).put("earliest", text(forecast.earliest()))
                .put("latest", text(forecast.latest())).put("confidence", Forecast.CONFIDENCE);
        shown.putObject("basis").put("from", forecast.from().toString()).put("to", forecast.to().toString())
                .put("points", forecast.points());
        return shown;
    }

    private static @Nullable String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
