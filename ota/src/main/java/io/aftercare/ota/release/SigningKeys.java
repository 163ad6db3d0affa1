package io.aftercare.ota.release;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// The public keys whose releases are accepted. A revoked key stays known, so that its name is not given to another.
/// Thread-safe; calls block.
public final class SigningKeys {
    /// Outbox topic: a key was ended, and releases may have lost their only signature that counts.
    public static final String REVOKED = "ota.signing-key.revoked";
    private static final String COLUMNS = "name, public_key, fingerprint, added_by, added_at, revoked_at";

    private final Database database;
    private final InstantSource clock;

    /// A registered key.
    ///
    /// @param publicKey   SPKI PEM
    /// @param fingerprint SHA-256 of the SPKI form
    public record SigningKey(String name, String publicKey, String fingerprint, String addedBy,
            Instant addedAt,
            @Nullable Instant revokedAt) {}

    public SigningKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public SigningKey add(Principal by, String name, String pem) {
        PublicKey key = Ed25519.publicKey(pem);
        SigningKey added = new SigningKey(name, Ed25519.pem(key), Ed25519.fingerprint(key), by.name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS), null);
        database.useTransaction(handle -> {
            int inserted = handle.createUpdate("""
                    INSERT INTO ota.signing_key (name, public_key, fingerprint, added_by, added_at)
                    VALUES (:name, :publicKey, :fingerprint, :addedBy, :addedAt) ON CONFLICT DO NOTHING""")
                    .bindMethods(added).execute();
            if (inserted == 0) {
                throw Problem.conflict("A signing key named " + name + " or with this very key is registered"
                        + " already (a revoked one counts); choose another name, or make a new key");
            }
            Audit.append(handle, by, "signing-key.add", "signing-key/" + name,
                    Json.object().put("fingerprint", added.fingerprint()));
        });
        return added;
    }

    /// Ends a key: nothing new by it is accepted, and releases that no other key has signed are withdrawn, unless a root rules.
    public void revoke(Principal by, String name) {
        database.useTransaction(handle -> {
            int revoked = handle.createUpdate(
                    "UPDATE ota.signing_key SET revoked_at = :now WHERE name = :name AND revoked_at IS NULL")
                    .bind("now", clock.instant()).bind("name", name).execute();
            if (revoked == 0) {
                throw Problem.notFound("active signing key", name);
            }
            Audit.append(handle, by, "signing-key.revoke", "signing-key/" + name, null);
            Outbox.append(handle, REVOKED, name, Json.object().put("key", name));
        });
    }

    /// The releases that could still be offered and that no registered key has signed; none where a root rules.
    public static List<String> uncovered(Handle handle, Instant now) {
        if (handle.createQuery("SELECT EXISTS (SELECT FROM ota.root)").mapTo(Boolean.class).one()) {
            return List.of();
        }
        Map<String, PublicKey> trusted = trusted(list(handle));
        return Releases.offerable(handle, now, envelope -> envelope.signers(trusted).isEmpty());
    }

    public List<SigningKey> list() {
        return database.jdbi().withHandle(SigningKeys::list);
    }

    private static List<SigningKey> list(Handle handle) {
        return handle.registerRowMapper(ConstructorMapper.factory(SigningKey.class))
                .createQuery("SELECT " + COLUMNS + " FROM ota.signing_key ORDER BY name")
                .mapTo(SigningKey.class).list();
    }

    /// The keys that count now, by name.
    Map<String, PublicKey> trusted() {
        return trusted(list());
    }

    private static Map<String, PublicKey> trusted(List<SigningKey> registered) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (SigningKey key : registered) {
            if (key.revokedAt() == null) {
                keys.put(key.name(), Ed25519.publicKey(key.publicKey()));
            }
        }
        return keys;
    }
}
