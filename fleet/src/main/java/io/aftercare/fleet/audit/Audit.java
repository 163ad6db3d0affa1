package io.aftercare.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes the record of who did what. Each entry holds the hash of the one before it and of itself, so that a changed,
/// removed or reordered entry is found (`GET /api/v1/audit/verify`). Entries are written in the transaction of the deed;
/// the end of the chain stays locked to the commit, so append last. The time is the database's, one clock for all.
public final class Audit {
    private Audit() {}

    /// One deed.
    ///
    /// @param action what was done, such as `device.create`
    /// @param object to what, such as `device/SN-1`
    /// @param detail what is worth keeping: before, after, reason; never a secret
    public record Entry(Principal actor, String action, String object, @Nullable JsonNode detail,
            String address) {}

    private record Head(String hash, Instant now) {}

    public static void append(Handle handle, Principal actor, String action, String object,
            @Nullable JsonNode detail) {
        append(handle, new Entry(actor, action, object, detail, ""));
    }

    public static void append(Handle handle, Entry entry) {
        Head head = handle.createQuery("SELECT hash, clock_timestamp() FROM fleet.audit_head FOR UPDATE")
                .map((row, _) -> new Head(row.getString(1), row.getTimestamp(2).toInstant())).one();
        String roles = String.join(",",
                entry.actor().roles().stream().map(role -> role.text()).sorted().toList());
        Deed deed = new Deed(head.now(), entry.actor().name(), roles, entry.action(), entry.object(),
                entry.detail() == null ? "null" : Json.text(entry.detail()), entry.address());
        String hash = deed.hash(head.hash());
        handle.createUpdate(
                """
                        INSERT INTO fleet.audit (at, actor, roles, action, object, detail, address, previous_hash, hash)
                        VALUES (:at, :actor, :roles, :action, :object, :detail, :address, :previous, :hash)""")
                .bind("at", deed.at()).bind("actor", deed.actor()).bind("roles", roles)
                .bind("action", deed.action()).bind("object", deed.object()).bind("detail", deed.detail())
                .bind("address", deed.address()).bind("previous", head.hash()).bind("hash", hash).execute();
        handle.createUpdate("UPDATE fleet.audit_head SET entries = entries + 1, hash = :hash")
                .bind("hash", hash)
                .execute();
    }
}
