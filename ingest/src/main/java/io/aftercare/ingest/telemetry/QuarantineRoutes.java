package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.ingest.store.VisibleDevices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/devices/{id}/quarantine`.
public final class QuarantineRoutes {
    private final Quarantine quarantine;
    private final VisibleDevices devices;

    private record QuarantineItem(long id, Instant at, String topic, String reason, int size,
            String payload) {}

    public QuarantineRoutes(Quarantine quarantine, Devices devices) {
        this.quarantine = quarantine;
        this.devices = new VisibleDevices(devices);
    }

    public void bind(Operations operations) {
        operations.on("listQuarantine", this::quarantined);
    }

    private Response quarantined(Request request) {
        Device device = devices.find(request.path("id"), request.principal());
        Long before = cursor(request.cursor());
        List<QuarantineItem> items = quarantine.of(device, before, request.limit() + 1).stream()
                .map(kept -> new QuarantineItem(kept.id(), kept.at(), kept.topic(), kept.reason(),
                        kept.size(),
                        new String(kept.payload(), StandardCharsets.UTF_8)))
                .toList();
        return Response.ok(Page.of(items, request.limit(), item -> Long.toString(item.id())));
    }

    private static @Nullable Long cursor(@Nullable String cursor) {
        try {
            return cursor == null ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor", "it is no cursor of this list: " + cursor);
        }
    }
}
