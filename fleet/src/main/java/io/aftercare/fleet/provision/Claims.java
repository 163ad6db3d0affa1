package io.aftercare.fleet.provision;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.LoginLimits;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Codes with which customers make devices their own. A code is for one device, for some time, for once; it is kept as a
/// hash. Guessing is slowed down for each device and each address. Thread-safe; blocks.
public final class Claims {
    private static final int FREE_ATTEMPTS = 5;
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's, without I, L, O, U
    private static final int LENGTH = 12; // 60 bits
    private static final byte[] NOBODY = new byte[32];
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Devices devices;
    private final InstantSource clock;
    private final LoginLimits limits;

    /// Who wants which device.
    ///
    /// @param address where it is asked from
    public record Claim(String device, String code, String customer, String region, String address) {}

    /// What becomes of a claim.
    public sealed interface Outcome {
        record Granted() implements Outcome {}

        /// No such device, a wrong code, or one that is over: not said which.
        record Refused() implements Outcome {}

        record Wait(Duration time) implements Outcome {}
    }

    private record Stored(byte[] hash, Instant expires) {}

    public Claims(Database database, Devices devices, InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.clock = clock;
        this.limits = new LoginLimits(clock, FREE_ATTEMPTS);
    }

    /// A code as people type it.
    static String random() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "")
                    .append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    // As it is meant: without hyphens and blanks, letters large, those that look alike as one.
    private static byte[] hash(String code) {
        String plain = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT).replace('O', '0')
                .replace('I', '1').replace('L', '1');
        return new DeviceToken(plain).hash();
    }

    /// Lets whoever says `code` have the device, from now until `lasts` is over. An earlier code is void.
    public void open(Principal actor, DeviceId id, String code, Duration lasts) {
        database.useTransaction(handle -> {
            handle.createUpdate("""
                    INSERT INTO fleet.claim (device, code_hash, expires_at) VALUES (:device, :hash, :expires)
                    ON CONFLICT (device) DO UPDATE SET code_hash = excluded.code_hash,
                        expires_at = excluded.expires_at""").bind("device", id).bind("hash", hash(code))
                    .bind("expires", clock.instant().plus(lasts)).execute();
            Audit.append(handle, actor, "claim.open", "device/" + id,
                    Json.object().put("lasts", lasts.toString()));
        });
    }

    /// Makes a device the customer's own.
    public Outcome claim(Claim claim) {
        Optional<Duration> wait = limits.attempt("address " + claim.address());
        if (wait.isEmpty()) {
            wait = limits.attempt("device " + claim.device());
        }
        if (wait.isPresent()) {
            return new Outcome.Wait(wait.get());
        }
        boolean granted = DeviceId.isSerial(claim.device())
                && grant(claim, new DeviceId(claim.device()));
        if (granted) {
            limits.succeeded("address " + claim.address());
            limits.succeeded("device " + claim.device());
            devices.refresh(new DeviceId(claim.device()));
            return new Outcome.Granted();
        }
        return new Outcome.Refused();
    }

    private boolean grant(Claim claim, DeviceId id) {
        return database.inTransaction(handle -> {
            Stored stored = handle
                    .createQuery(
                            "SELECT code_hash, expires_at FROM fleet.claim WHERE device = :device FOR UPDATE")
                    .bind("device", id)
                    .map((row, _) -> new Stored(row.getBytes(1), row.getTimestamp(2).toInstant())).findOne()
                    .orElse(new Stored(NOBODY, Instant.MIN));
            boolean right = MessageDigest.isEqual(hash(claim.code()), stored.hash());
            if (!right || !stored.expires().isAfter(clock.instant())) {
                return false;
            }
            handle.createUpdate("DELETE FROM fleet.claim WHERE device = :device").bind("device", id)
                    .execute();
            handle.createUpdate(
                    """
                            UPDATE fleet.device SET customer = :customer, region = coalesce(nullif(:region, ''), region),
                                version = version + 1 WHERE id = :id""")
                    .bind("customer", claim.customer())
                    .bind("region", claim.region()).bind("id", id).execute();
            Principal customer = new Principal("customer", Set.of(), "", "");
            Audit.append(handle, new Audit.Entry(customer, "device.claim", "device/" + id,
                    Json.object().put("customer", claim.customer()), claim.address()));
            return true;
        });
    }
}
