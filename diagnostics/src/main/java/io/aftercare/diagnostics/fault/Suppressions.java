package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Times in which nobody is to be called: suppressions of faults and maintenance of devices. Each has an end. Thread-safe.
public final class Suppressions {
    /// A suppression that lasted longer would be forgotten.
    static final Duration LONGEST = Duration.ofDays(90);
    /// Bound on those that name no device and have not ended: each notice is compared with all of them.
    static final int GENERAL_MAX = 1_000;

    private final Database database;
    private final InstantSource clock;
    private final FaultGate gate;

    /// What is asked for. Null fits any.
    public record Wish(@Nullable List<String> devices, @Nullable String code, @Nullable String model,
            @Nullable String region, @Nullable String firmware, @Nullable Instant from, Instant until,
            String reason) {
        boolean isBoundless() {
            return (devices == null || devices.isEmpty()) && code == null && model == null && region == null
                    && firmware == null;
        }
    }

    /// One as it stands.
    ///
    /// @param state planned, active or ended
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Suppression(String id, String kind, String state, @Nullable List<String> devices,
            @Nullable String code, @Nullable String model, @Nullable String region, @Nullable String firmware,
            Instant from, Instant until, String reason, String author, Instant createdAt,
            @Nullable String endedBy) {}

    public Suppressions(Database database, InstantSource clock, FaultGate gate) {
        this.database = database;
        this.clock = clock;
        this.gate = gate;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// @param kind `suppression` or `maintenance`
    Suppression add(Principal author, String kind, Wish wish) {
        Instant now = now();
        Instant from = wish.from() == null ? now : wish.from();
        if (wish.isBoundless()) {
            throw Problem.invalid("devices", "name devices, a code, a model, a region or a firmware");
        }
        if (!wish.until().isAfter(from) || !wish.until().isAfter(now)) {
            throw Problem.invalid("until", "must come after the beginning and after now");
        }
        if (wish.until().isAfter(from.plus(LONGEST))) {
            throw Problem.invalid("until",
                    "at most " + LONGEST.toDays() + " days after the beginning, which is "
                            + from.plus(LONGEST));
        }
        return database.inTransaction(handle -> {
            Suppression made = insert(handle, author, kind, wish, from, now);
            audit(handle, author, kind + ".create", made);
            return made;
        });
    }

    private static void audit(Handle handle, Principal author, String action, Suppression of) {
        Audit.append(handle, author, action, of.kind() + "/" + of.id(), Json.tree(of));
    }

    private Suppression insert(Handle handle, Principal author, String kind, Wish wish, Instant from,
            Instant now) {
        List<String> devices = wish.devices();
        boolean general = devices == null || devices.isEmpty();
        int others = handle.createQuery("""
                SELECT count(*) FROM diagnostics.suppression WHERE devices IS NULL AND until_at > :now""")
                .bind("now", now).mapTo(Integer.class).one();
        if (general && others >= GENERAL_MAX) {
            throw Problem
                    .conflict(GENERAL_MAX + " suppressions without devices are planned or active already");
        }
        String id = Ids.next('s', clock);
        handle.createUpdate(
                """
                        INSERT INTO diagnostics.suppression (id, kind, devices, code, model, region, firmware, from_at,
                            until_at, reason, author, created_at)
                        VALUES (:id, :kind, :devices, :code, :model, :region, :firmware, :from, :until, :reason, :author,
                            :now)""")
                .bind("id", id).bind("kind", kind)
                .bind("devices", devices == null || general ? null : devices.toArray(String[]::new))
                .bind("code", wish.code())
                .bind("model", wish.model()).bind("region", wish.region()).bind("firmware", wish.firmware())
                .bind("from", from).bind("until", wish.until()).bind("reason", wish.reason())
                .bind("author", author.name()).bind("now", now).execute();
        return find(handle, id, now).orElseThrow();
    }

    /// Suppresses an open fault: its device and code, from now on.
    ///
    /// @return empty where there is no such fault, or it is not open
    Optional<Suppression> suppress(Principal author, String fault, Instant until, String reason) {
        Instant now = now();
        Optional<Holds.Facts> facts = database.jdbi().withHandle(handle -> Holds.facts(handle, fault))
                .filter(Holds.Facts::open);
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        Suppression made = add(author, "suppression",
                new Wish(List.of(facts.get().device()), facts.get().code(),
                        null, null, null, null, until, reason));
        database.useTransaction(handle -> {
            Holds.put(handle, fault, new Admission.Held("suppression", made.id(),
                    "suppression until " + made.until() + ": " + reason, made.until()), now, null, null);
            Holds.note(handle, fault, now, "suppressed", author.name(), reason);
        });
        gate.told(facts.get(), "suppressed");
        return Optional.of(made);
    }

    /// Ends one now; what it held is decided anew. One that has ended stays as it is.
    boolean end(Principal by, String id) {
        Instant now = now();
        boolean known = database.inTransaction(handle -> {
            Optional<Suppression> before = find(handle, id, now);
            before.filter(it -> !it.state().equals("ended")).ifPresent(it -> end(handle, by, it, now));
            return before.isPresent();
        });
        gate.wake();
        return known;
    }

    /// Ends all maintenance of a device that is planned or active.
    int endMaintenance(Principal by, String device) {
        Instant now = now();
        List<Suppression> ended = database.inTransaction(handle -> {
            List<Suppression> live = list(handle, "s.kind = 'maintenance' AND s.until_at > :now"
                    + " AND s.devices @> ARRAY[:device]::text[]", device, now, 1000, null);
            live.forEach(it -> end(handle, by, it, now));
            return live;
        });
        gate.wake();
        return ended.size();
    }

    private static void end(Handle handle, Principal by, Suppression one, Instant now) {
        handle.createUpdate("""
                UPDATE diagnostics.suppression SET until_at = greatest(from_at, :now), ended_by = :by
                WHERE id = :id""").bind("now", now).bind("by", by.name()).bind("id", one.id()).execute();
        Holds.causeEnded(handle, one.id(), now);
        audit(handle, by, one.kind() + ".end", one);
    }

    /// The newest first.
    ///
    /// @param kind   null for both
    /// @param state  planned, active or ended; null for all
    /// @param device those that name it; null for all
    List<Suppression> list(@Nullable String kind, @Nullable String state, @Nullable String device, int limit,
            @Nullable String after) {
        String where = (kind == null
                ? "true"
                : kind.equals("maintenance")
                        ? "s.kind = 'maintenance'"
                        : "s.kind = 'suppression'")
                + (device == null ? "" : " AND s.devices @> ARRAY[:device]::text[]")
                + switch (state == null ? "" : state) {
                    case "planned" -> " AND s.from_at > :now";
                    case "active" -> " AND s.from_at <= :now AND s.until_at > :now";
                    case "ended" -> " AND s.until_at <= :now";
                    default -> "";
                };
        return database.jdbi().withHandle(handle -> list(handle, where, device, now(), limit, after));
    }

    private static List<Suppression> list(Handle handle, String where, @Nullable String device, Instant now,
            int limit, @Nullable String after) {
        return handle.createQuery("SELECT s.* FROM diagnostics.suppression s WHERE " + where
                + " AND (:after::text IS NULL OR s.id < :after) AND (:device::text IS NULL OR true)"
                + " AND :now::timestamptz IS NOT NULL ORDER BY s.id DESC LIMIT :limit")
                .bind("after", after).bind("device", device).bind("now", now).bind("limit", limit)
                .map((row, _) -> map(row, now)).list();
    }

    private static Optional<Suppression> find(Handle handle, String id, Instant now) {
        return handle.createQuery("SELECT * FROM diagnostics.suppression WHERE id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> map(row, now)).findOne();
    }

    private static Suppression map(ResultSet row, Instant now) throws SQLException {
        Array devices = row.getArray("devices");
        Instant from = row.getTimestamp("from_at").toInstant();
        Instant until = row.getTimestamp("until_at").toInstant();
        Timestamp created = row.getTimestamp("created_at");
        String state = !until.isAfter(now) ? "ended" : from.isAfter(now) ? "planned" : "active";
        return new Suppression(row.getString("id"), row.getString("kind"), state,
                devices == null ? null : List.of((String[]) devices.getArray()), row.getString("code"),
                row.getString("model"), row.getString("region"), row.getString("firmware"), from, until,
                row.getString("reason"), row.getString("author"), created.toInstant(),
                row.getString("ended_by"));
    }
}
