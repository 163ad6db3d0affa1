package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.FaultHistory;
import io.aftercare.service.ticket.Numbers;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// What runs see of cases, devices and telemetry. Thread-safe; blocks.
final class World {
    /// How far back goes what a metric was before a run.
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final Devices devices;
    private final Cases cases;
    private final FaultHistory history;
    private final RemoteActions remote;

    World(Devices devices, Cases cases, FaultHistory history, RemoteActions remote) {
        this.devices = devices;
        this.cases = cases;
        this.history = history;
        this.remote = remote;
    }

    Preconditions.Facts facts(Handle handle, Ticket ticket, Procedure procedure) {
        Signal signal = ticket.signal();
        String code = signal == null ? "" : signal.code();
        DeviceId id = ticket.report().device();
        Device device = id == null ? null : devices.find(id).orElse(null);
        boolean isOpen = ticket.state().isOpen();
        if (device == null || procedure.isManual()) {
            return new Preconditions.Facts(device == null ? "" : device.model(), code, Map.of(), false, false,
                    "", isOpen, "");
        }
        String busy = RunStore.busy(handle, device.id().value(), ticket.id())
                .map(run -> "the runbook " + run.head().name() + " is being carried out on the device for "
                        + Ticket.number(run.head().ticket()))
                .orElse("");
        return new Preconditions.Facts(device.model(), code, Actions.of(handle, device.model()),
                remote.isOnline(device.id()), remote.isUpdating(device.id()),
                remote.consentMissing(device.id(), Long.toString(ticket.id()),
                        procedure.about().needs().consent())
                        .orElse(""),
                isOpen, busy);
    }

    /// Of the case's device; empty where it is not known.
    String model(Ticket ticket) {
        DeviceId id = ticket.report().device();
        return id == null ? "" : devices.find(id).map(Device::model).orElse("");
    }

    /// What the metrics that a procedure looks at were shortly before it.
    Map<String, Double> before(Ticket ticket, Procedure procedure, Instant now) {
        Map<String, Double> before = new TreeMap<>();
        DeviceId device = ticket.report().device();
        List<String> metrics = procedure.metrics();
        if (device == null || metrics.isEmpty()) {
            return before;
        }
        Signal signal = ticket.signal();
        Instant from = now.minus(BEFORE);
        if (signal != null) {
            JsonNode values = signal.values();
            metrics.stream().filter(metric -> values.path(metric).isNumber())
                    .forEach(metric -> before.put(metric, values.get(metric).asDouble()));
            from = signal.raisedAt().isAfter(from) && signal.raisedAt().isBefore(now)
                    ? signal.raisedAt()
                    : from;
        }
        history.numbers(device, metrics, from, now)
                .forEach((metric, numbers) -> before.put(metric, numbers.mean()));
        return before;
    }

    /// What there is to see of what a condition looks at.
    View look(Handle handle, Run run, Condition condition, Instant now) {
        FaultHistory.Sighting unseen = new FaultHistory.Sighting(null, false, null);
        if (run.head().device().isEmpty()) {
            return new View(Map.of(), unseen, false, false, "");
        }
        DeviceId device = new DeviceId(run.head().device());
        return switch (condition) {
            case Condition.Metric metric -> {
                Map<String, Numbers> numbers = history.numbers(device, List.of(metric.metric()),
                        Judge.from(metric, run, now), now);
                yield new View(numbers, unseen, false, false, "");
            }
            case Condition.FaultCleared _ -> {
                List<String> faults = cases.faults(handle, run.head().ticket());
                yield new View(Map.of(), history.of(device, faults), !faults.isEmpty(), false, "");
            }
            case Condition.Online _ -> new View(Map.of(), unseen, false, remote.isOnline(device), "");
            case Condition.Firmware _ -> new View(Map.of(), unseen, false, false,
                    devices.find(device).map(Device::firmware).orElse(""));
            case Condition.SelfTest _ -> new View(Map.of(), unseen, false, false, "");
        };
    }
}
