package io.aftercare.ingest.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /api/v1/devices/{id}/telemetry` and `…/telemetry/latest`.
public final class TelemetryRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryRoutes.class);
    private static final int POINTS_DEFAULT = 500;
    private static final int POINTS_MAX = 10_000;
    private static final int METRICS_MAX = 64;

    private final TelemetryQuery query;
    private final Latest latest;
    private final Devices devices;
    private final InstantSource clock;
    private final Executor threads;

    /// @param virtualThreads for answers that stream
    public TelemetryRoutes(TelemetryQuery query, Latest latest, Devices devices, InstantSource clock,
            Executor virtualThreads) {
        this.query = query;
        this.latest = latest;
        this.devices = devices;
        this.clock = clock;
        this.threads = virtualThreads;
    }

    public void bind(Operations operations) {
        operations.onStream("getTelemetry", this::telemetry);
        operations.on("getLatestTelemetry", this::latest);
    }

    private void telemetry(RoutingContext context, Principal principal) {
        context.request().resume();
        Context loop = context.vertx().getOrCreateContext();
        threads.execute(() -> {
            try {
                answer(context, loop, principal);
            } catch (RawAnswer.ReaderGoneException e) {
                LOG.debug("{} was given up by its reader", context.request().uri(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                Response problem = Gate.problem(e, context.request().uri());
                loop.runOnContext(_ -> {
                    if (context.response().headWritten()) {
                        context.response().reset();
                    } else {
                        context.response().headers().remove("Transfer-Encoding");
                        context.response().headers().remove("Content-Type");
                        Gate.send(context.response().setChunked(false), problem);
                    }
                });
            }
        });
    }

    private void answer(RoutingContext context, Context loop, Principal principal)
            throws InterruptedException {
        var asked = context.queryParams();
        Device device = devices.visible(context.pathParam("id"), principal);
        TimeRange range = TimeRange.of(asked.get("from"), asked.get("to"), clock.instant());
        Map<String, Integer> places = query.places(device, metrics(asked.get("metric")));
        String points = asked.get("points");
        if ("raw".equals(points)) {
            new RawAnswer(context.response(), loop).write(query, device, places, range);
            return;
        }
        Response answer = Response.ok(buckets(device, places, range, points(points)));
        loop.runOnContext(_ -> Gate.send(context.response(), answer));
    }

    private static List<String> metrics(@Nullable String text) {
        List<String> names = text == null
                ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty()).distinct()
                        .toList();
        if (names.isEmpty() || names.size() > METRICS_MAX) {
            throw Problem.invalid("metric", "name 1 to " + METRICS_MAX + " metrics, with commas between");
        }
        return names;
    }

    private static int points(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return POINTS_DEFAULT;
        }
        try {
            int points = Integer.parseInt(text);
            if (points >= 1 && points <= POINTS_MAX) {
                return points;
            }
        } catch (NumberFormatException e) {
            throw Problem.invalid("points", "a number, or raw for every sample, is needed, not " + text);
        }
        throw Problem.invalid("points", "1 to " + POINTS_MAX + " points, or raw for every sample");
    }

    private ObjectNode buckets(Device device, Map<String, Integer> places, TimeRange range, int points) {
        ObjectNode body = Json.object();
        ArrayNode series = body.putArray("series");
        query.buckets(device, places, range, points).forEach((name, buckets) -> {
            ArrayNode list = series.addObject().put("metric", name).putArray("points");
            for (TelemetryQuery.Bucket bucket : buckets) {
                list.addArray().add(bucket.ts()).add(bucket.min()).add(bucket.avg()).add(bucket.max())
                        .add(bucket.count());
            }
        });
        return body;
    }

    private Response latest(Request request) {
        Device device = devices.visible(request.path("id"), request.principal());
        ObjectNode body = Json.object();
        ObjectNode values = body.putObject("values");
        latest.of(device, (name, micros, value) -> values.putObject(name)
                .put("ts", Instant.ofEpochMilli(Math.floorDiv(micros, 1000)).toString()).put("value", value));
        ObjectNode attributes = body.putObject("attributes");
        query.attributes(device).forEach((name, text) -> attributes.putObject(name)
                .put("ts", text.changed().toString()).put("value", text.value()));
        return Response.ok(body);
    }
}
