package io.aftercare.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.Diagnostics;
import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.TimelineEntry;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.ingest.message.DeviceHistory;
import io.aftercare.ota.Ota;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.Actions;
import io.aftercare.service.ticket.DeviceCases;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// `GET /api/v1/devices/{id}/timeline`: what every feature knows of a device, in one order.
record Timeline(Devices devices, DeviceHistory history, Diagnostics diagnostics, Actions actions,
        DeviceCases cases, Ota ota,
        InstantSource clock) {
    void bind(Operations operations) {
        operations.on("deviceTimeline", this::read);
    }

    private Response read(Request request) {
        Device device = devices.visible(request.path("id"), request.principal());
        Instant to = before(request);
        int limit = request.limit();
        List<TimelineEntry> entries = Stream.of(history.entries(device, Instant.EPOCH, to, limit + 1),
                faults(device.id(), to, limit + 1), cases.timeline(device.id(), Instant.EPOCH, to, limit + 1),
                actions(device.id(), limit + 1), updates(device, limit + 1)).flatMap(List::stream)
                .filter(entry -> entry.at().isBefore(to))
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .toList();
        return Response.ok(Page.of(entries, limit, entry -> entry.at().toString()));
    }

    /// The time that the page ends before: the cursor, else tomorrow, because a device whose clock is ahead is seen too.
    private Instant before(Request request) {
        String cursor = request.cursor();
        try {
            return cursor == null ? clock.instant().plusSeconds(86_400) : Instant.parse(cursor);
        } catch (DateTimeParseException e) {
            throw Problem.invalid("cursor", "use the next of the page before");
        }
    }

    private List<TimelineEntry> faults(DeviceId device, Instant to, int limit) {
        Function<Faults.TimelineEvent, TimelineEntry> entry = event -> new TimelineEntry(event.at(), "fault",
                event.title() + " " + event.kind(), Json.object().put("fault", event.fault())
                        .put("code", event.code()).put("severity", event.severity())
                        .put("title", event.title()).put("change", event.kind()).<ObjectNode>set(
                                "values", event.values()));
        return diagnostics.faults().timeline(device, Instant.EPOCH, to, limit).stream().map(entry).toList();
    }

    private List<TimelineEntry> actions(DeviceId device, int limit) {
        return actions.newest(device, limit).stream().map(Timeline::entry).toList();
    }

    private static TimelineEntry entry(Action action) {
        Instant at = action.finishedAt() == null ? action.createdAt() : action.finishedAt();
        return new TimelineEntry(at, "action", action.action() + " " + action.state().text(), Json.object()
                .put("action", action.id()).put("name", action.action()).put("state", action.state().text())
                .put("by", action.requestedBy()));
    }

    private List<TimelineEntry> updates(Device device, int limit) {
        return ota.history(device, limit).stream().map(Timeline::entry).toList();
    }

    private static TimelineEntry entry(JsonNode step) {
        String text = "firmware " + step.path("version").asText() + " " + step.path("state").asText();
        return new TimelineEntry(Instant.parse(step.path("at").asText()), "ota", text, step);
    }
}
