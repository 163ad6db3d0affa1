package io.aftercare.ota.release;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The chain of root documents. Without any, registered signing keys count, each for itself. Thread-safe; calls block.
public final class Roots {
    /// Outbox topic of a root that took another's place; the payload names it as `version`.
    public static final String REPLACED = "ota.root.replaced";
    private static final String SELECT = "SELECT version, envelope, added_by, added_at FROM ota.root ";

    private final Database database;
    private final AssignmentKeys assignmentKeys;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Stored> newest = new AtomicReference<>();

    /// A root with the envelope that brought it, unchanged.
    record Stored(Root root, byte[] envelope, String addedBy, Instant addedAt) {}

    public Roots(Database database, AssignmentKeys assignmentKeys, InstantSource clock) {
        this.database = database;
        this.assignmentKeys = assignmentKeys;
        this.clock = clock;
    }

    /// Takes in the first root, or the one after the newest.
    ///
    /// @throws Refused naming what is wrong; nothing is kept then
    Stored add(Principal by, byte[] raw) {
        Envelope envelope = Envelope.parse(raw);
        envelope.requireType(Envelope.ROOT_TYPE);
        Root root = Root.parse(envelope.payload());
        return database.inTransaction(handle -> {
            // waits for releases that are being published, and makes the next ones wait
            handle.execute("LOCK TABLE ota.root IN EXCLUSIVE MODE");
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            check(newest(handle), root, envelope, now);
            Stored stored = new Stored(root, raw, by.name(), now);
            insert(handle, stored);
            if (root.version() > 1) {
                Outbox.append(handle, REPLACED, "" + root.version(),
                        Json.object().put("version", root.version()));
            }
            Audit.append(handle, by, "root.add", "root/" + root.version(),
                    Json.object().put("sha256", envelope.payloadSha256()));
            return stored;
        });
    }

    /// Makes the server's next assignment key; see [AssignmentKeys#next].
    AssignmentKeys.Own nextAssignmentKey(Principal by) {
        return database.inTransaction(handle -> {
            AssignmentKeys.Own made = assignmentKeys.next(newest(handle).map(Stored::root));
            Audit.append(handle, by, "assignment-key.make", "assignment-key/" + made.name(),
                    Json.object().put("fingerprint", Ed25519.fingerprint(made.open())));
            return made;
        });
    }

    private void check(Optional<Stored> newest, Root root, Envelope envelope, Instant now) {
        if (newest.isPresent()) {
            newest.get().root().checkSuccessor(root, envelope);
        } else if (root.version() != 1) {
            throw new Refused(Refused.Reason.OUT_OF_ORDER,
                    "there is no root yet, so the first is version 1, not "
                            + root.version());
        } else {
            root.checkOwn(envelope);
        }
        root.checkTime(now);
        if (assignmentKeys.namedBy(root).isEmpty()) {
            throw new Refused(Refused.Reason.NOT_THIS_SERVER,
                    "the assignment role names no key of this server, so"
                            + " devices would refuse all of its offers; add the public half that GET"
                            + " /api/v1/assignment-keys shows");
        }
    }

    private static void insert(Handle handle, Stored stored) {
        handle.createUpdate("""
                INSERT INTO ota.root (version, envelope, added_by, added_at)
                VALUES (:version, :envelope, :by, :at)""").bind("version", (int) stored.root().version())
                .bind("envelope", stored.envelope()).bind("by", stored.addedBy())
                .bind("at", stored.addedAt()).execute();
        for (Map.Entry<String, Long> reset : stored.root().counterReset().entrySet()) {
            handle.createUpdate("""
                    INSERT INTO ota.counter_reset (root, product, counter, at)
                    VALUES (:root, :product, :counter, :at)""").bind("root", (int) stored.root().version())
                    .bind("product", reset.getKey()).bind("counter", reset.getValue())
                    .bind("at", stored.addedAt()).execute();
        }
    }

    /// The root in force.
    Optional<Stored> newest() {
        return database.jdbi().withHandle(this::newest);
    }

    /// As [#newest()], within a transaction. One small query; the document itself is read once.
    Optional<Stored> newest(Handle handle) {
        Integer version = handle.createQuery("SELECT max(version) FROM ota.root").mapTo(Integer.class)
                .findOne().orElse(null);
        if (version == null) {
            return Optional.empty();
        }
        Stored known = newest.get();
        if (known != null && known.root().version() == version) {
            return Optional.of(known);
        }
        Stored read = find(handle, version).orElseThrow();
        newest.set(read);
        return Optional.of(read);
    }

    /// The releases that could still be offered and that the root in force does not cover.
    public static List<String> uncovered(Handle handle, Instant now) {
        Optional<Stored> newest = handle.createQuery(SELECT + "ORDER BY version DESC LIMIT 1")
                .map((row, context) -> map(row)).findOne();
        return newest
                .map(stored -> Releases.offerable(handle, now, envelope -> !stored.root().covers(envelope)))
                .orElse(List.of());
    }

    /// The version in force; empty where there is no root.
    public Optional<Long> version() {
        return newest().map(stored -> stored.root().version());
    }

    Optional<Stored> find(int version) {
        return database.jdbi().withHandle(handle -> find(handle, version));
    }

    private static Optional<Stored> find(Handle handle, int version) {
        return handle.createQuery(SELECT + "WHERE version = :version").bind("version", version)
                .map((row, context) -> map(row)).findOne();
    }

    /// The newest first, from after `cursor`.
    List<Stored> list(@Nullable Long cursor, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery(SELECT + """
                WHERE :cursor::bigint IS NULL OR version < :cursor ORDER BY version DESC LIMIT :limit""")
                .bind("cursor", cursor).bind("limit", limit).map((row, context) -> map(row)).list());
    }

    private static Stored map(ResultSet row) throws SQLException {
        byte[] envelope = row.getBytes("envelope");
        return new Stored(Root.parse(Envelope.parse(envelope).payload()), envelope, row.getString("added_by"),
                row.getTimestamp("added_at").toInstant());
    }
}
