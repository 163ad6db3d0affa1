package io.aftercare.ingest.message;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.ingest.store.TimeRange;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `…/devices/{id}/attributes` and `…/attributes/history`.
public final class DeviceLogRoutes {
    private final Devices devices;
    private final DeviceLog log;
    private final InstantSource clock;

    public DeviceLogRoutes(DeviceLog log, Devices devices, InstantSource clock) {
        this.devices = devices;
        this.log = log;
        this.clock = clock;
    }

    public void bind(Operations operations) {
        operations.on("listAttributes", this::attributes).on("listAttributeChanges", this::changes);
    }

    private Device device(Request request) {
        return devices.visible(request.path("id"), request.principal());
    }

    private Response attributes(Request request) {
        return Response.ok(new Page<>(log.attributes(device(request)), null));
    }

    private Response changes(Request request) {
        Device device = device(request);
        TimeRange range = range(request);
        List<DeviceLog.Attribute> changes = log.changes(device, request.query("name").orElse(null),
                range.from(), range.to(), place(request.cursor()), request.limit() + 1);
        return Response.ok(Page.of(changes, request.limit(),
                change -> new DeviceLog.Place(change.ts(), change.name()).toString()));
    }

    private TimeRange range(Request request) {
        return TimeRange.of(request.query("from").orElse("2000-01-01T00:00:00Z"),
                request.query("to").orElse(null), clock.instant());
    }

    private static DeviceLog.@Nullable Place place(@Nullable String cursor) {
        try {
            return cursor == null ? null : DeviceLog.Place.parse(cursor);
        } catch (DateTimeException e) {
            throw Problem.invalid("cursor", "it is no cursor of this list: " + cursor);
        }
    }
}
