package io.aftercare.ota.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Tells a device that what it was offered no longer holds: it may have downloaded it and wait for its time. Goes by
/// `ota/offer`, so that it cannot overtake the offer; a device that does not know it finds no artifact in it.
///
/// @param number   of the campaign
/// @param campaign its id
record Retraction(int number, String campaign, String release, String reason) {
    // of one device at once; the rest are told at the connection after
    private static final int MAX = 16;

    /// What a device was not told yet, in the order of its campaigns.
    static List<Retraction> untold(Handle handle, int device) {
        return handle.createQuery("""
                SELECT p.campaign, c.id, r.id AS release, p.error FROM ota.deployment p
                JOIN ota.campaign c ON c.number = p.campaign JOIN ota.release r ON r.number = c.release
                WHERE p.device = :device AND p.untold ORDER BY p.campaign LIMIT :max""")
                .bind("device", device).bind("max", MAX)
                .map((row, _) -> new Retraction(row.getInt("campaign"), row.getString("id"),
                        row.getString("release"), row.getString("error")))
                .list();
    }

    /// Notes that a device was told, so that it is not told at every connection.
    static void told(Handle handle, int device, List<Retraction> which) {
        handle.createUpdate("""
                UPDATE ota.deployment SET untold = false
                WHERE device = :device AND untold AND campaign = ANY(:campaigns)""").bind("device", device)
                .bindArray("campaigns", Integer.class, which.stream().map(Retraction::number).toArray())
                .execute();
    }

    JsonNode message() {
        return Json.object().put("campaign", campaign).put("release", release).put("cancelled", true)
                .put("reason", reason);
    }
}
