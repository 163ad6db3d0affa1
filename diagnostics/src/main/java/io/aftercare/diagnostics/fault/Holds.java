package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [FaultGate]; in the caller's transaction.
final class Holds {
    private Holds() {}

    /// A fault that is held.
    ///
    /// @param topic what the desk is told when it is released, null where it knows of the fault
    record Hold(String fault, String kind, Instant since, @Nullable String topic,
            @Nullable JsonNode payload) {}

    static void put(Handle handle, String fault, Admission.Held held, Instant now, @Nullable String topic,
            @Nullable JsonNode payload) {
        handle.createUpdate(
                """
                        INSERT INTO diagnostics.fault_hold (fault, kind, cause, reason, since, look_at, topic, payload)
                        VALUES (:fault, :kind, :cause, :reason, :now, :look, :topic, :payload::jsonb)
                        ON CONFLICT (fault) DO UPDATE SET kind = excluded.kind, cause = excluded.cause,
                            reason = excluded.reason, look_at = excluded.look_at,
                            topic = coalesce(fault_hold.topic, excluded.topic),
                            payload = coalesce(excluded.payload, fault_hold.payload)""")
                .bind("fault", fault).bind("kind", held.kind()).bind("cause", held.cause())
                .bind("reason", held.reason()).bind("now", now).bind("look", held.lookAt())
                .bind("topic", topic)
                .bind("payload", payload == null ? null : Json.text(payload)).execute();
    }

    /// Keeps what the desk is to hear up to date where the fault is held.
    ///
    /// @return whether it is
    static boolean renew(Handle handle, String fault, String topic, JsonNode payload) {
        return handle.createUpdate("""
                UPDATE diagnostics.fault_hold SET topic = coalesce(topic, :topic), payload = :payload::jsonb
                WHERE fault = :fault""").bind("fault", fault).bind("topic", topic)
                .bind("payload", Json.text(payload)).execute() > 0;
    }

    static boolean remove(Handle handle, String fault) {
        return handle.createUpdate("DELETE FROM diagnostics.fault_hold WHERE fault = :fault")
                .bind("fault", fault).execute() > 0;
    }

    /// What a fault explained is decided anew after each one's grace.
    static void parentEnded(Handle handle, String fault, Instant now) {
        handle.createUpdate("""
                UPDATE diagnostics.fault_hold SET look_at = least(look_at,
                    :now::timestamptz + coalesce(payload->'dependsOn'->>'grace', 'PT60S')::interval)
                WHERE cause = :fault AND kind = 'dependency'""").bind("fault", fault).bind("now", now)
                .execute();
    }

    /// What a suppression held is decided anew at once.
    static void causeEnded(Handle handle, String cause, Instant now) {
        handle.createUpdate("UPDATE diagnostics.fault_hold SET look_at = :now WHERE cause = :cause")
                .bind("cause", cause).bind("now", now).execute();
    }

    static List<Hold> due(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                SELECT * FROM diagnostics.fault_hold WHERE look_at <= :now ORDER BY look_at LIMIT :limit
                FOR UPDATE SKIP LOCKED""").bind("now", now).bind("limit", limit).map((row, _) -> map(row))
                .list();
    }

    private static Hold map(ResultSet row) throws SQLException {
        String payload = row.getString("payload");
        return new Hold(row.getString("fault"), row.getString("kind"), row.getTimestamp("since").toInstant(),
                row.getString("topic"), payload == null ? null : Json.parse(payload));
    }

    /// What the gate must know of a fault and its device.
    record Facts(String fault, String device, String code, boolean open, String outlet,
            @Nullable String gateway) {}

    static Optional<Facts> facts(Handle handle, String fault) {
        return handle.createQuery("""
                SELECT f.id, f.device, f.code, f.cleared_at IS NULL AS open, d.outlet, d.gateway
                FROM diagnostics.fault f JOIN fleet.device d ON d.id = f.device WHERE f.id = :fault""")
                .bind("fault", fault)
                .map((row, _) -> new Facts(row.getString("id"), row.getString("device"),
                        row.getString("code"),
                        row.getBoolean("open"), row.getString("outlet"), row.getString("gateway")))
                .findOne();
    }

    /// The silences that fit a fault of a device and cover one of two moments.
    static List<Admission.Silence> silences(Handle handle, Facts facts, Instant at, Instant now) {
        return handle.createQuery("""
                SELECT s.id, s.kind, s.from_at, s.until_at, s.reason FROM diagnostics.suppression s
                JOIN fleet.device d ON d.id = :device
                WHERE (s.devices @> ARRAY[:device]::text[] OR s.devices IS NULL AND s.until_at > :earlier)
                AND s.from_at <= :later AND s.until_at > :earlier
                AND (s.code IS NULL OR s.code = :code) AND (s.model IS NULL OR s.model = d.model)
                AND (s.region IS NULL OR s.region = d.region)
                AND (s.firmware IS NULL OR s.firmware = d.firmware)""")
                .bind("device", facts.device()).bind("code", facts.code())
                .bind("earlier", at.isBefore(now) ? at : now).bind("later", at.isBefore(now) ? now : at)
                .map((row, _) -> new Admission.Silence(row.getString(1), row.getString(2),
                        row.getTimestamp(3).toInstant(), row.getTimestamp(4).toInstant(), row.getString(5)))
                .list();
    }

    /// The open fault that explains one of a device, the oldest where there are several.
    static Optional<Admission.Parent> parent(Handle handle, Facts facts, List<String> device,
            List<String> gateway) {
        return handle
                .createQuery(
                        """
                                SELECT id, device, code FROM diagnostics.fault WHERE cleared_at IS NULL
                                AND (device = :device AND code = ANY(:codes) OR device = :gateway AND code = ANY(:gatewayCodes))
                                ORDER BY first_seen, id LIMIT 1""")
                .bind("device", facts.device())
                .bind("gateway", facts.gateway()).bindArray("codes", String.class, device)
                .bindArray("gatewayCodes", String.class, gateway)
                .map((row, _) -> new Admission.Parent(row.getString(1), row.getString(2), row.getString(3)))
                .findOne();
    }

    static void note(Handle handle, String fault, Instant now, String kind, String actor, String text) {
        handle.createUpdate("""
                INSERT INTO diagnostics.fault_note (fault, at, kind, actor, text)
                VALUES (:fault, :now, :kind, :actor, :text)""").bind("fault", fault).bind("now", now)
                .bind("kind", kind).bind("actor", actor).bind("text", text).execute();
    }

    static void unacknowledge(Handle handle, String fault) {
        handle.createUpdate(
                """
                        UPDATE diagnostics.fault SET acknowledged_at = NULL, acknowledged_by = NULL, acknowledge_note = NULL
                        WHERE id = :fault AND acknowledged_at IS NOT NULL""")
                .bind("fault", fault).execute();
    }
}
