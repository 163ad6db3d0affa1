package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Published releases. Thread-safe; calls block.
public final class Releases {
    /// Outbox topic of a new release; the payload names it as `release`.
    public static final String PUBLISHED = "ota.release.published";
    private static final String SELECT = """
            SELECT r.number, r.id, r.product, r.counter, r.version, r.min_from, r.hardware, r.fixes, r.envelope,
                r.signed_by, r.issued_at, r.expires_at, r.revert_to, r.uploaded_by, r.uploaded_at,
                r.withdrawn_at, r.withdrawn_by, r.withdrawn_for,
                (SELECT array_agg(a.name ORDER BY a.place) FROM ota.artifact a WHERE a.release = r.number) AS names,
                (SELECT array_agg(a.size ORDER BY a.place) FROM ota.artifact a WHERE a.release = r.number) AS sizes,
                (SELECT array_agg(a.sha256 ORDER BY a.place) FROM ota.artifact a WHERE a.release = r.number) AS hashes,
                (SELECT json_agg(json_build_object('place', d.place, 'from', d.from_sha256, 'name', d.name, 'size', d.size,
                    'sha256', d.sha256, 'format', d.format) ORDER BY d.number)
                    FROM ota.delta d WHERE d.release = r.number) AS deltas
            FROM ota.release r
            """;

    /// A counter may not jump further: one stolen signature must not use the numbers up. Devices hold the same.
    private static final long COUNTER_JUMP_MAX = 1_000_000;
    // room for a date and a number of the day, such as 2026112201
    private static final long COUNTER_FIRST_MAX = 4_294_967_295L;

    private final Database database;
    private final InstantSource clock;

    public Releases(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Publishes a verified manifest whose artifacts are stored. Refuses a counter or version that is not new.
    ///
    /// @param digests of each artifact, by its name
    /// @param signers checks, in this transaction, who signed, and names them
    public Release publish(Principal by, Envelope envelope, Manifest manifest, Map<String, Digests> digests,
            Function<Handle, String> signers) {
        return database.inTransaction(handle -> {
            String signedBy = signers.apply(handle);
            checkNews(handle, manifest);
            int number = insert(handle, by, envelope, manifest, signedBy);
            insertArtifacts(handle, number, manifest, digests);
            insertDeltas(handle, number, manifest);
            Release release = find(handle, "R" + number).orElseThrow();
            Outbox.append(handle, PUBLISHED, release.id(), Json.object().put("release", release.id()));
            Audit.append(handle, by, "release.publish", "release/" + release.id(),
                    Json.object().put("product", manifest.product()).put("version", manifest.version())
                            .put("counter", manifest.counter()).put("key", signedBy));
            return release;
        });
    }

    /// Those of `sha256s` that no release has. Empty where there is no release at all: that is rather the wrong database, or
    /// one that is still to be restored.
    List<String> unknown(List<String> sha256s) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT sha256 FROM unnest(:all) AS file (sha256) WHERE EXISTS (SELECT FROM ota.release)
                EXCEPT SELECT sha256 FROM ota.artifact EXCEPT SELECT sha256 FROM ota.delta""")
                .bindArray("all", String.class, sha256s).mapTo(String.class).list());
    }

    /// Refuses what is known to fail, before anything large is taken in; [#publish] checks again.
    void checkNews(Manifest manifest) {
        database.jdbi().useHandle(handle -> checkNews(handle, manifest));
    }

    private static void checkNews(Handle handle, Manifest manifest) {
        // The product's row is the lock: two uploads of one product are compared one after the other.
        var _ = handle.createQuery("SELECT model FROM fleet.product WHERE model = :model FOR NO KEY UPDATE")
                .bind("model", manifest.product()).mapTo(String.class).findOne()
                .orElseThrow(() -> Problem.invalid("product", "there is no product \"" + manifest.product()
                        + "\"; create it with POST /api/v1/products, or mend the manifest"));
        long newest = newest(handle, manifest.product());
        if (manifest.counter() <= newest) {
            throw new Refused(Refused.Reason.ROLLBACK,
                    "counter " + manifest.counter() + " is not higher than "
                            + newest + ", the newest release of " + manifest.product());
        }
        if (newest == 0 && manifest.counter() > COUNTER_FIRST_MAX) {
            throw new Refused(Refused.Reason.FAST_FORWARD, "counter " + manifest.counter() + " is more than "
                    + COUNTER_FIRST_MAX + ", where a product may begin; too few numbers would be left");
        }
        if (newest > 0 && manifest.counter() - newest > COUNTER_JUMP_MAX) {
            throw new Refused(Refused.Reason.FAST_FORWARD, "counter " + manifest.counter() + " is more than "
                    + COUNTER_JUMP_MAX + " above " + newest + ", the newest release of "
                    + manifest.product());
        }
        refuseRepeated(handle, manifest);
    }

    // what a root has reset does not count: a stolen key may have driven the counter up
    private static long newest(Handle handle, String product) {
        return handle.createQuery("""
                SELECT coalesce(max(counter), 0) FROM ota.release r WHERE product = :product AND NOT EXISTS (
                    SELECT FROM ota.counter_reset x WHERE x.product = r.product AND x.at >= r.uploaded_at
                        AND x.counter < r.counter)""").bind("product", product).mapTo(Long.class).one();
    }

    private static void refuseRepeated(Handle handle, Manifest manifest) {
        handle.createQuery("""
                SELECT id, version = :version AS same FROM ota.release
                WHERE product = :product AND (version = :version OR counter = :counter)
                ORDER BY same DESC LIMIT 1""").bindMethods(manifest)
                .map((row, context) -> row.getBoolean("same")
                        ? "Version " + manifest.version() + " of " + manifest.product()
                                + " is published already; devices tell releases apart by their version"
                        : "Counter " + manifest.counter() + " of " + manifest.product() + " was used by "
                                + row.getString("id") + " before it was reset; take a higher one")
                .findOne()
                .ifPresent(text -> {
                    throw Problem.conflict(text);
                });
    }

    private int insert(Handle handle, Principal by, Envelope envelope, Manifest manifest, String signedBy) {
        return handle
                .createQuery(
                        """
                                INSERT INTO ota.release (product, counter, version, min_from, hardware, fixes, envelope, signed_by,
                                    issued_at, expires_at, revert_to, uploaded_by, uploaded_at)
                                VALUES (:product, :counter, :version, :minFrom, :hardware, :fixes, :envelope, :signedBy,
                                    :issued, :expires, :revertTo, :by, :now) RETURNING number""")
                .bindMethods(manifest)
                .bindArray("hardware", String.class, manifest.hardware())
                .bindArray("fixes", String.class, manifest.fixes()).bind("envelope", envelope.raw())
                .bind("signedBy", signedBy).bind("by", by.name())
                .bind("now", clock.instant().truncatedTo(ChronoUnit.MICROS)).mapTo(Integer.class).one();
    }

    private static void insertArtifacts(Handle handle, int number, Manifest manifest,
            Map<String, Digests> digests) {
        for (int place = 0; place < manifest.artifacts().size(); place++) {
            Manifest.Component component = manifest.artifacts().get(place);
            Digests weak = digests.get(component.name());
            handle.createUpdate("""
                    INSERT INTO ota.artifact (release, place, name, size, sha256, sha1, md5)
                    VALUES (:release, :place, :name, :size, :sha256, :sha1, :md5)""").bind("release", number)
                    .bind("place", place).bindMethods(component)
                    .bind("sha1", weak == null ? null : weak.sha1())
                    .bind("md5", weak == null ? null : weak.md5()).execute();
        }
    }

    private static void insertDeltas(Handle handle, int release, Manifest manifest) {
        int number = 0;
        for (int place = 0; place < manifest.artifacts().size(); place++) {
            for (Delta delta : manifest.artifacts().get(place).deltas()) {
                number++;
                handle.createUpdate(
                        """
                                INSERT INTO ota.delta (release, number, place, from_sha256, name, size, sha256, format)
                                VALUES (:release, :number, :place, :from, :name, :size, :sha256, :format)""")
                        .bind("release", release).bind("number", number).bind("place", place)
                        .bindMethods(delta).execute();
            }
        }
    }

    private static List<Delta> deltas(JsonNode rows, int place) {
        List<Delta> deltas = new ArrayList<>();
        for (JsonNode each : rows) {
            if (each.path("place").asInt() == place) {
                deltas.add(new Delta(each.path("from").asText(), each.path("name").asText(),
                        each.path("size").asLong(), each.path("sha256").asText(),
                        each.path("format").asText()));
            }
        }
        return deltas;
    }

    /// Takes a release back, for good, within the caller's transaction; a [Problem] 404 or 409 where that cannot be.
    public static Release withdraw(Handle handle, Principal by, String id, String reason, Instant now) {
        int changed = handle.createUpdate("""
                UPDATE ota.release SET withdrawn_at = :now, withdrawn_by = :by, withdrawn_for = :reason
                WHERE id = :id AND withdrawn_at IS NULL""").bind("now", now).bind("by", by.name())
                .bind("reason", reason).bind("id", id).execute();
        Release release = find(handle, id).orElseThrow(() -> Problem.notFound("release", id));
        if (changed == 0) {
            release.refuseWithdrawn();
        }
        Audit.append(handle, by, "release.withdraw", "release/" + id, Json.object().put("reason", reason));
        return release;
    }

    public Optional<Release> find(String id) {
        return database.jdbi().withHandle(handle -> find(handle, id));
    }

    /// As [#find(String)], within a transaction.
    public static Optional<Release> find(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE r.id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /// The newest first, from after `cursor`.
    ///
    /// @param cursor the number of the last release seen, null to begin
    public List<Release> list(@Nullable String product, @Nullable Long cursor, int limit) {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                SELECT + """
                                        WHERE (:product::text IS NULL OR r.product = :product) AND (:cursor::bigint IS NULL OR r.number < :cursor)
                                        ORDER BY r.number DESC LIMIT :limit""")
                        .bind("product", product).bind("cursor", cursor)
                        .bind("limit", limit).map((row, context) -> map(row)).list());
    }

    private static Release map(ResultSet row) throws SQLException {
        Object[] names = (Object[]) row.getArray("names").getArray();
        Object[] sizes = (Object[]) row.getArray("sizes").getArray();
        Object[] hashes = (Object[]) row.getArray("hashes").getArray();
        String patches = row.getString("deltas");
        JsonNode deltas = patches == null ? Json.object() : Json.parse(patches);
        List<Manifest.Component> artifacts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            artifacts.add(new Manifest.Component((String) names[i], (Long) sizes[i], (String) hashes[i],
                    deltas(deltas, i)));
        }
        Manifest manifest = new Manifest(row.getString("product"), texts(row, "hardware"),
                row.getLong("counter"),
                row.getString("version"), row.getString("min_from"), artifacts, texts(row, "fixes"),
                instant(row, "issued_at"), instant(row, "expires_at"),
                row.getObject("revert_to", Long.class));
        return new Release(row.getInt("number"), row.getString("id"), manifest, row.getBytes("envelope"),
                row.getString("signed_by"), row.getString("uploaded_by"), instant(row, "uploaded_at"),
                row.getTimestamp("withdrawn_at") == null
                        ? null
                        : new Withdrawal(instant(row, "withdrawn_at"), row.getString("withdrawn_by"),
                                row.getString("withdrawn_for")));
    }

    /// The releases that could still be offered and whose envelope is such.
    static List<String> offerable(Handle handle, Instant now, Predicate<Envelope> such) {
        return handle.createQuery("""
                SELECT id, envelope FROM ota.release WHERE withdrawn_at IS NULL AND expires_at > :now
                ORDER BY number""").bind("now", now)
                .map((row, _) -> Map.entry(row.getString("id"), row.getBytes("envelope")))
                .stream().filter(release -> such.test(Envelope.parse(release.getValue())))
                .map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
