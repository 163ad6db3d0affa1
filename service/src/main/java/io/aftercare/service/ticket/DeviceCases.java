package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.TimelineEntry;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the desk tells others of a device's cases. Thread-safe; blocks.
public final class DeviceCases {
    private final Database database;

    public DeviceCases(Database database) {
        this.database = database;
    }

    /// Whether there is such a case for this device, and it is not over.
    ///
    /// @param ticket its id or number
    public boolean isOpen(String ticket, DeviceId device) {
        return Ticket.idOf(ticket).filter(id -> database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM service.ticket
                WHERE id = :id AND device = :device AND state NOT IN ('closed', 'cancelled')""")
                .bind("id", id).bind("device", device).mapTo(Integer.class).one()) == 1).isPresent();
    }

    /// Whose case this is, where it is not over.
    ///
    /// @param ticket its id or number
    public Optional<DeviceId> deviceOf(String ticket) {
        return Ticket.idOf(ticket).flatMap(id -> database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT device FROM service.ticket
                WHERE id = :id AND device IS NOT NULL AND state NOT IN ('closed', 'cancelled')""")
                .bind("id", id).mapTo(String.class).findOne().map(DeviceId::new)));
    }

    /// Whose cases are neither solved nor cancelled; a device comes once for each.
    public List<String> open() {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT device FROM service.ticket WHERE device IS NOT NULL AND state = ANY(:states)""")
                .bindArray("states", String.class,
                        TicketState.open().stream().map(TicketState::text).toList())
                .mapTo(String.class).list());
    }

    /// A fault whose case is open, whether the fault still fires or not.
    ///
    /// @param firmware what the device runs
    public record OpenCase(String fault, DeviceId device, String code, String firmware) {}

    /// The open cases of faults of these codes on devices of a model.
    public List<OpenCase> openOf(String model, List<String> codes) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT t.fault, t.device, t.fault_code, d.firmware FROM service.ticket t
                JOIN fleet.device d ON d.id = t.device
                WHERE t.fault_code = ANY(:codes) AND d.model = :model AND t.fault IS NOT NULL
                    AND t.state NOT IN ('resolved', 'verified', 'closed', 'cancelled') ORDER BY t.id""")
                .bindArray("codes", String.class, codes).bind("model", model)
                .map((row, _) -> new OpenCase(row.getString(1), new DeviceId(row.getString(2)),
                        row.getString(3), row.getString(4)))
                .list());
    }

    /// A case by its id, with the number that people say and its state.
    public record CaseRef(String id, String number, String state) {}

    /// The cases that faults went to, by fault.
    public Map<String, CaseRef> ofFaults(List<String> faults) {
        Map<String, CaseRef> known = new TreeMap<>();
        database.jdbi().useHandle(handle -> handle.createQuery("""
                SELECT f.fault, t.id, t.state FROM service.ticket_fault f
                JOIN service.ticket t ON t.id = f.ticket WHERE f.fault = ANY(:faults)""")
                .bindArray("faults", String.class, faults).map((row, _) -> known.put(row.getString(1),
                        new CaseRef(row.getString(2), Ticket.number(row.getLong(2)), row.getString(3))))
                .list());
        return known;
    }

    /// What happened to a device's cases in a span of time, newest first.
    ///
    /// @param to exclusive
    public List<TimelineEntry> timeline(DeviceId device, Instant from, Instant to, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT e.at, e.kind, e.text, t.id FROM service.timeline e JOIN service.ticket t ON t.id = e.ticket
                        WHERE t.device = :device AND e.at >= :from AND e.at < :to ORDER BY e.at DESC, e.id DESC LIMIT :limit""")
                .bind("device", device).bind("from", from).bind("to", to).bind("limit", limit)
                .map((row, context) -> new TimelineEntry(row.getTimestamp(1).toInstant(), "ticket",
                        row.getString(3),
                        Json.object().put("ticket", row.getString(4)).put("change", row.getString(2))))
                .list());
    }
}
