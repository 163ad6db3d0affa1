package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The faults there are, for people and for the other features. Thread-safe; calls block.
public final class Faults {
    // What waits for its explanation is not suppressed yet: it shows as it is.
    private static final String STATE = """
            CASE WHEN f.cleared_at IS NULL AND h.kind IN ('suppression', 'maintenance', 'dependency')
            THEN 'suppressed' ELSE f.state END""";
    private static final String SELECT = "SELECT f.*, h.kind AS hold, h.reason AS hold_reason, h.cause AS hold_cause,"
            + " h.since AS hold_since, h.look_at AS hold_look,"
            + " coalesce(r.parked, false) AS rule_parked, " + STATE + """
                     AS shown FROM diagnostics.fault f LEFT JOIN fleet.device d ON d.id = f.device
                    LEFT JOIN diagnostics.fault_hold h ON h.fault = f.id
                    LEFT JOIN diagnostics.rule r ON r.id = f.rule""";

    private static final int COUNTS_MAX = 10_000;

    private final Database database;

    /// A fault as lists show it.
    ///
    /// @param state one of firing, recovering, resolved, suppressed
    /// @param lastSeen when its condition was last seen true, to the minute
    /// @param count how often it was raised
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Summary(String id, String device, String code, String severity, String state, String title,
            Instant firstSeen, Instant lastSeen, Instant lastRaised, @Nullable Instant clearedAt, int count,
            String rule, int ruleVersion, @Nullable String ticket, @Nullable Acknowledged acknowledged,
            @Nullable Hold hold, @Nullable String incident) {}

    /// Who has seen it.
    public record Acknowledged(Instant at, String by, String note) {}

    /// Why the desk is not to be bothered with it now.
    ///
    /// @param kind  suppression, maintenance, dependency or waiting
    /// @param cause the suppression, or the fault that explains it
    /// @param until when this is decided anew
    public record Hold(String kind, String cause, String reason, Instant since, Instant until) {}

    /// What people and the gate did about it.
    public record Note(Instant at, String kind, String by, String text) {}

    /// A fault with the reasons for it.
    ///
    /// @param ruleParked whether its rule judges nothing for the time being, so that it cannot end
    public record Detail(Summary summary, boolean ruleParked, JsonNode explain, List<Event> events,
            List<Note> notes) {}

    /// Something that happened to a fault.
    public record Event(int n, Instant at, String kind, @Nullable String severity, JsonNode values) {}

    /// An open fault that a firmware release may mend.
    public record OpenFault(String fault, String device, String code, String firmware,
            @Nullable String ticket) {}

    /// What lists are narrowed by; null for anything.
    public record Filter(@Nullable String device, @Nullable String state, @Nullable String code) {}

    public Faults(Database database) {
        this.database = database;
    }

    /// Newest first, from after `cursor`; those that `who` may see.
    public List<Summary> list(Filter filter, Principal who, @Nullable Cursor cursor, int limit) {
        StringBuilder where = new StringBuilder(" WHERE true");
        where.append(filter.device() == null ? "" : " AND f.device = :device");
        where.append(filter.code() == null ? "" : " AND f.code = :code");
        where.append(filter.state() == null
                ? ""
                : filter.state().equals("open")
                        ? " AND f.cleared_at IS NULL"
                        : " AND " + STATE + " = :state");
        where.append(who.has(Role.PARTNER) ? " AND d.outlet = :outlet AND d.outlet <> ''" : "");
        where.append(cursor == null ? "" : " AND (f.first_seen, f.id) < (:at, :id)");
        return database.jdbi().withHandle(handle -> {
            Query query = handle
                    .createQuery(SELECT + where + " ORDER BY f.first_seen DESC, f.id DESC LIMIT :limit")
                    .bind("limit", limit);
            bind(query, "device", filter.device());
            bind(query, "code", filter.code());
            bind(query, "state", "open".equals(filter.state()) ? null : filter.state());
            bind(query, "outlet", who.has(Role.PARTNER) ? who.outlet() : null);
            if (cursor != null) {
                query.bind("at", cursor.at()).bind("id", cursor.id());
            }
            return query.map((row, context) -> map(row)).list();
        });
    }

    private static void bind(Query query, String name, @Nullable String value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    /// Where a page of the list ends.
    public record Cursor(Instant at, String id) {}

    public Optional<Detail> find(String id, Principal who) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery(SELECT
                        + " WHERE f.id = :id AND (NOT :partner OR d.outlet = :outlet AND d.outlet <> '')")
                .bind("id", id).bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet())
                .map((row, context) -> new Detail(map(row), row.getBoolean("rule_parked"),
                        Json.parse(row.getString("explain")),
                        events(handle, id), notes(handle, id)))
                .findOne());
    }

    private static List<Note> notes(Handle handle, String id) {
        return handle.createQuery(
                """
                        SELECT at, kind, actor, text FROM diagnostics.fault_note WHERE fault = :id ORDER BY id LIMIT 1000""")
                .bind("id", id).map((row, _) -> new Note(instant(row, "at"), row.getString("kind"),
                        row.getString("actor"), row.getString("text")))
                .list();
    }

    private static List<Event> events(Handle handle, String id) {
        return handle
                .createQuery(
                        """
                                SELECT * FROM (SELECT n, at, kind, severity, detail FROM diagnostics.fault_event WHERE fault = :id
                                               ORDER BY n DESC LIMIT 1000) newest ORDER BY n""")
                .bind("id", id)
                .map((row, context) -> new Event(row.getInt("n"), instant(row, "at"), row.getString("kind"),
                        row.getString("severity"), Json.parse(row.getString("detail"))))
                .list();
    }

    /// What happened to a device's faults in a span of time, for its timeline.
    public List<TimelineEvent> timeline(DeviceId device, Instant from, Instant to, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT e.fault, e.at, e.kind, e.detail, f.code, f.severity, f.title FROM diagnostics.fault f
                        JOIN diagnostics.fault_event e ON e.fault = f.id
                        WHERE f.device = :device AND e.at >= :from AND e.at < :to ORDER BY e.at DESC, e.n DESC LIMIT :limit""")
                .bind("device", device).bind("from", from).bind("to", to).bind("limit", limit)
                .map((row, context) -> new TimelineEvent(row.getString("fault"), instant(row, "at"),
                        row.getString("kind"), row.getString("code"), row.getString("severity"),
                        row.getString("title"), Json.parse(row.getString("detail"))))
                .list());
    }

    /// An entry of a device's timeline.
    public record TimelineEvent(String fault, Instant at, String kind, String code, String severity,
            String title,
            JsonNode values) {}

    /// The open faults of these codes on devices of a model.
    public List<OpenFault> open(String model, Collection<String> codes) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT f.id, f.device, f.code, d.firmware, f.ticket FROM diagnostics.fault f
                        JOIN fleet.device d ON d.id = f.device
                        WHERE f.cleared_at IS NULL AND f.code = ANY (:codes) AND d.model = :model ORDER BY f.device, f.id""")
                .bind("codes", codes.toArray(String[]::new)).bind("model", model)
                .map((row, context) -> new OpenFault(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getString(5)))
                .list());
    }

    /// A fault that a device raised.
    ///
    /// @param at when last, in event time
    public record Raise(DeviceId device, String code, Instant at, boolean open) {}

    /// What these devices raised since a moment, each fault once.
    public List<Raise> raised(Collection<DeviceId> devices, Instant since) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT device, code, last_raised, cleared_at IS NULL AS open FROM diagnostics.fault
                WHERE device = ANY (:devices) AND last_raised >= :since""")
                .bind("devices", devices.stream().map(DeviceId::value).toArray(String[]::new))
                .bind("since", since)
                .map((row, context) -> new Raise(new DeviceId(row.getString(1)), row.getString(2),
                        instant(row, "last_raised"), row.getBoolean(4)))
                .list());
    }

    /// Faults that are alike, and how many devices had one.
    ///
    /// @param firmware that the devices run now
    /// @param batch    the devices' tag `batch`, empty where there is none
    public record Count(String code, String model, String firmware, String batch, String region, int faults,
            int devices) {}

    /// The faults that began from `from` to before `to`, the most frequent kinds first.
    public List<Count> counts(Instant from, Instant to) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT f.code, d.model, d.firmware, coalesce(d.tags->>'batch', ''), d.region, count(*),
                    count(DISTINCT f.device)
                FROM diagnostics.fault f JOIN fleet.device d ON d.id = f.device
                WHERE f.first_seen >= :from AND f.first_seen < :to
                GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC, 1, 2, 3, 4, 5 LIMIT :limit""")
                .bind("from", from).bind("to", to).bind("limit", COUNTS_MAX)
                .map((row, context) -> new Count(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getString(5), row.getInt(6), row.getInt(7)))
                .list());
    }

    /// The devices with an open fault.
    ///
    /// @param code of the fault, or `any`
    public List<DeviceId> devices(String code) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT DISTINCT device FROM diagnostics.fault
                WHERE cleared_at IS NULL AND (:code = 'any' OR code = :code) ORDER BY device""")
                .bind("code", code).map((row, context) -> new DeviceId(row.getString(1))).list());
    }

    /// Notes the ticket that a fault opened, in the transaction of `handle`. A fault that is in an incident already takes its
    /// ticket along.
    public static void ticketOpened(Handle handle, String fault, String ticket) {
        handle.createQuery(
                """
                        WITH marked AS (UPDATE diagnostics.fault SET ticket = :ticket WHERE id = :fault RETURNING incident)
                        SELECT i.id, i.title FROM marked JOIN diagnostics.incident i ON i.id = marked.incident""")
                .bind("ticket", ticket).bind("fault", fault)
                .map((row, _) -> Json.object().put("incident", row.getString(1)).put("title",
                        row.getString(2)))
                .findOne().ifPresent(joined -> {
                    joined.putArray("faults").add(fault);
                    Outbox.append(handle, "incident.joined",
                            joined.path("incident").asText() + ":" + fault + ":" + ticket, joined);
                });
    }

    /// How a fault stands, in event time.
    ///
    /// @param cleared when it ended, null while it is open
    public record Standing(@Nullable Instant cleared, Instant lastRaised, Instant lastSeen) {
        public boolean open() {
            return cleared == null;
        }
    }

    /// Empty for a fault that is not known.
    public Optional<Standing> standing(String fault) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT cleared_at, last_raised, last_seen FROM diagnostics.fault WHERE id = :id")
                .bind("id", fault)
                .map((row, context) -> new Standing(
                        row.getObject(1) == null ? null : instant(row, "cleared_at"),
                        instant(row, "last_raised"), instant(row, "last_seen")))
                .findOne());
    }

    private static Summary map(ResultSet row) throws SQLException {
        return new Summary(row.getString("id"), row.getString("device"), row.getString("code"),
                row.getString("severity"), row.getString("shown"), row.getString("title"),
                instant(row, "first_seen"), instant(row, "last_seen"), instant(row, "last_raised"),
                row.getObject("cleared_at") == null ? null : instant(row, "cleared_at"), row.getInt("count"),
                row.getString("rule"), row.getInt("rule_version"), row.getString("ticket"), acknowledged(row),
                hold(row),
                row.getString("incident"));
    }

    private static @Nullable Acknowledged acknowledged(ResultSet row) throws SQLException {
        return row.getObject("acknowledged_at") == null
                ? null
                : new Acknowledged(instant(row, "acknowledged_at"), row.getString("acknowledged_by"),
                        row.getString("acknowledge_note"));
    }

    private static @Nullable Hold hold(ResultSet row) throws SQLException {
        return row.getObject("hold") == null
                ? null
                : new Hold(row.getString("hold"), row.getString("hold_cause"), row.getString("hold_reason"),
                        instant(row, "hold_since"), instant(row, "hold_look"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
