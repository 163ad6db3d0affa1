package io.aftercare.ota.release;

import io.aftercare.fleet.postgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Looks the weak hashes of stored artifacts up; of one that was stored before they were kept, it reads the file once and
/// notes them. Thread-safe; calls block.
public final class ArtifactDigests {
    private static final int KNOWN_MAX = 10_000;

    private final Database database;
    private final ArtifactStore artifacts;
    // content never changes under its name, so an entry is right for ever
    private final Map<String, Digests> known = new ConcurrentHashMap<>();

    public ArtifactDigests(Database database, ArtifactStore artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /// @param sha256 of a published artifact
    public Digests of(String sha256) {
        Digests digests = known.get(sha256);
        if (digests == null) {
            digests = stored(sha256).orElseGet(() -> computed(sha256));
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
            known.put(sha256, digests);
        }
        return digests;
    }

    private Optional<Digests> stored(String sha256) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT sha1, md5 FROM ota.artifact WHERE sha256 = :sha256 AND sha1 IS NOT NULL LIMIT 1""")
                .bind("sha256", sha256)
                .map((row, context) -> new Digests(row.getString("sha1"), row.getString("md5"))).findFirst());
    }

    private Digests computed(String sha256) {
        Digests digests;
        try (InputStream in = artifacts.open(sha256)) {
            digests = Digests.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.useTransaction(handle -> handle
                .createUpdate("UPDATE ota.artifact SET sha1 = :sha1, md5 = :md5 WHERE sha256 = :sha256")
                .bindMethods(digests).bind("sha256", sha256).execute());
        return digests;
    }
}
