package io.aftercare.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes the record of who did what. Each entry holds the hash of the one before it and of itself, so that a changed,
/// removed or reordered entry is found (`GET /api/v1/audit/verify`). Entries are written in the transaction of the deed;
/// a lock that is held to the commit keeps the chain straight, so append last.
public final class Audit {
    static final String FIRST = "0".repeat(64);
    private static final long LOCK = 0x61756469746c6f67L; // "auditlog"

    private Audit() {}

    /// One deed.
    ///
    /// @param action what was done, such as `device.create`
    /// @param object to what, such as `device/SN-1`
    /// @param detail what is worth keeping: before, after, reason; never a secret
    public record Entry(Principal actor, String action, String object, @Nullable JsonNode detail,
            String address) {}

    public static void append(Handle handle, Principal actor, String action, String object,
            @Nullable JsonNode detail) {
        append(handle, new Entry(actor, action, object, detail, ""));
    }

    public static void append(Handle handle, Entry entry) {
        handle.createQuery("SELECT pg_advisory_xact_lock(:lock)::text").bind("lock", LOCK).mapTo(String.class)
                .one();
        String previous = handle.createQuery("SELECT hash FROM fleet.audit ORDER BY id DESC LIMIT 1")
                .mapTo(String.class).findOne().orElse(FIRST);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String detail = entry.detail() == null ? "null" : Json.text(entry.detail());
        String roles = String.join(",",
                entry.actor().roles().stream().map(role -> role.text()).sorted().toList());
        String hash = hash(previous, at, entry.actor().name(), roles, entry.action(), entry.object(), detail,
                entry.address());
        handle.createUpdate(
                """
                        INSERT INTO fleet.audit (at, actor, roles, action, object, detail, address, previous_hash, hash)
                        VALUES (:at, :actor, :roles, :action, :object, :detail, :address, :previous, :hash)""")
                .bind("at", at).bind("actor", entry.actor().name()).bind("roles", roles)
                .bind("action", entry.action()).bind("object", entry.object()).bind("detail", detail)
                .bind("address", entry.address()).bind("previous", previous).bind("hash", hash).execute();
    }

    /// The hash of an entry: SHA-256 over a JSON array of all its fields, so that no two entries read alike.
    static String hash(String previous, Instant at, String actor, String roles, String action, String object,
            String detail, String address) {
        ObjectNode node = Json.object().put("previous", previous).put("at", at.toString()).put("actor", actor)
                .put("roles", roles).put("action", action).put("object", object).put("detail", detail)
                .put("address", address);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(Json.text(node).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
