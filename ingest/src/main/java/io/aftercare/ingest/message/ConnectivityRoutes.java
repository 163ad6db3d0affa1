package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Contact;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.ingest.message.Availability.Change;
import io.aftercare.ingest.store.Latest;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ingest.store.TelemetryQuery.Bucket;
import io.aftercare.ingest.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// `…/devices/{id}/connectivity` and its summary. A device's transport (whatever packet it sent, a ping among them) and what it says are
/// told apart: one can live while the other is dead. The signal is the metric `rssi`, where the product has it.
public final class ConnectivityRoutes {
    /// A connected device that says nothing for so long is silent.
    static final Duration SILENT = Duration.ofMinutes(5);
    /// Visits of a page whose signal is looked up; it is a query each.
    static final int SIGNALS_MAX = 20;
    private static final String SIGNAL = "rssi";
    private static final int SIGNAL_POINTS = 10;

    private final Devices devices;
    private final DeviceLog log;
    private final Latest latest;
    private final TelemetryQuery telemetry;
    private final Contact contact;
    private final InstantSource clock;

    public ConnectivityRoutes(Devices devices, DeviceLog log, Latest latest, TelemetryQuery telemetry,
            Contact contact, InstantSource clock) {
        this.devices = devices;
        this.log = log;
        this.latest = latest;
        this.telemetry = telemetry;
        this.contact = contact;
        this.clock = clock;
    }

    public void bind(Operations operations) {
        operations.on("listConnectivity", this::visits).on("summariseConnectivity", this::summary);
    }

    private Device device(Request request) {
        return devices.visible(request.path("id"), request.principal());
    }

    private Response visits(Request request) {
        Device device = device(request);
        TimeRange range = TimeRange.of(request.query("from").orElse("2000-01-01T00:00:00Z"),
                request.query("to").orElse(null), clock.instant());
        Page<DeviceLog.Visit> page = Page.of(
                log.visits(device, range.from(), range.to(), request.cursorNumber().orElse(null),
                        request.limit() + 1),
                request.limit(), visit -> Long.toString(visit.id()));
        List<ObjectNode> shown = new ArrayList<>();
        int looked = 0;
        for (DeviceLog.Visit visit : page.items()) {
            ObjectNode one = (ObjectNode) Json.tree(visit);
            Long seconds = visit.seconds();
            if (seconds != null && looked < SIGNALS_MAX) {
                looked++;
                signal(device, visit.at().minusSeconds(seconds), visit.at())
                        .ifPresent(signal -> one.set("signal", signal));
            }
            shown.add(one);
        }
        return Response.ok(new Page<>(shown, page.next()));
    }

    /// The signal over a visit: the average, the weakest, and how it was at the end.
    private Optional<ObjectNode> signal(Device device, Instant from, Instant to) {
        Map<String, Integer> places = telemetry.places(device, List.of(SIGNAL));
        if (places.isEmpty() || !from.isBefore(to)) {
            return Optional.empty();
        }
        List<Bucket> buckets = telemetry.buckets(device, places, new TimeRange(from, to), SIGNAL_POINTS)
                .getOrDefault(SIGNAL, List.of());
        long count = buckets.stream().mapToLong(Bucket::count).sum();
        if (count == 0) {
            return Optional.empty();
        }
        double sum = buckets.stream().mapToDouble(bucket -> bucket.avg() * bucket.count()).sum();
        return Optional.of(Json.object().put("average", rounded(sum / count))
                .put("weakest", buckets.stream().mapToDouble(Bucket::min).min().orElseThrow())
                .put("end", rounded(buckets.getLast().avg())));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private Response summary(Request request) {
        Device device = device(request);
        Instant now = clock.instant();
        boolean connected = contact.isConnected(device.id());
        Instant telemetryAt = lastTelemetry(device);
        Instant messageAt = later(telemetryAt, log.lastMessage(device));
        Optional<DeviceLog.Visit> last = log.visits(device, Instant.EPOCH, now.plusSeconds(60), null, 1)
                .stream()
                .findFirst();
        Instant came = last.map(DeviceLog.Visit::at).orElse(null);
        ObjectNode body = Json.object().put("connected", connected);
        put(body, "lastTransport",
                later(came, later(contact.heard(device.id()).orElse(null), device.lastSeen())));
        put(body, "lastMessage", messageAt);
        put(body, "lastTelemetry", telemetryAt);
        body.put("silent", connected && (messageAt == null || messageAt.isBefore(now.minus(SILENT))));
        last.filter(DeviceLog.Visit::connected).filter(_ -> connected).ifPresent(visit -> {
            put(body, "since", visit.at());
            signal(device, visit.at(), now).ifPresent(signal -> body.set("signal", signal));
        });
        body.set("day", Json.tree(over(device, now, Duration.ofDays(1))));
        body.set("week", Json.tree(over(device, now, Duration.ofDays(7))));
        return Response.ok(body);
    }

    private Availability over(Device device, Instant now, Duration span) {
        Instant from = now.minus(span);
        List<Change> changes = log.changes(device, from, now);
        // Of very many only the newest are looked at: the span begins with them.
        Instant begin = changes.size() == DeviceLog.CHANGES_MAX ? changes.getFirst().at() : from;
        return Availability.of(log.lastChange(device, begin).orElse(null), changes, begin, now);
    }

    private @Nullable Instant lastTelemetry(Device device) {
        AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
        latest.of(device, (_, micros, _) -> newest.accumulateAndGet(micros, Math::max));
        return newest.get() == Long.MIN_VALUE ? null : Micros.instant(newest.get());
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private static void put(ObjectNode body, String name, @Nullable Instant at) {
        body.put(name, at == null ? null : at.toString());
    }
}
