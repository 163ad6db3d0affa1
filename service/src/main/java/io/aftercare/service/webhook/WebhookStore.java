package io.aftercare.service.webhook;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Webhooks and their deliveries in the database. Works in the caller's transaction.
final class WebhookStore {
    private static final String SELECT = """
            SELECT id, version, url, description, events, active, reason, failures, failing_since, created_by,
                created_at, secret, CASE WHEN old_until > :now THEN old_secret END AS old
            FROM service.webhook\s""";
    private static final String DELIVERY = """
            SELECT d.id, d.webhook, d.event, d.type, d.payload, d.state, d.attempts, d.status, d.answer,
                d.created_at, d.due_at, d.ended_at FROM service.webhook_delivery d\s""";

    private WebhookStore() {}

    /// What its owner says of it.
    record Asked(String url, String description, List<String> events, boolean active) {}

    static long add(Handle handle, Asked asked, byte[] secret, String by, Instant now) {
        return handle.createQuery("""
                INSERT INTO service.webhook (url, description, events, secret, active, not_before, created_by,
                    created_at)
                VALUES (:url, :description, :events, :secret, :active, :now, :by, :now) RETURNING id""")
                .bind("url", asked.url()).bind("description", asked.description())
                .bind("events", asked.events().toArray(String[]::new)).bind("secret", secret)
                .bind("active", asked.active()).bind("by", by).bind("now", now).mapTo(Long.class).one();
    }

    /// Switching it on again forgets what failed.
    static boolean put(Handle handle, long id, int version, Asked asked, Instant now) {
        return handle.createUpdate("""
                UPDATE service.webhook SET version = version + 1, url = :url, description = :description,
                    events = :events, active = :active, failures = 0, failing_since = NULL, not_before = :now,
                    reason = CASE WHEN :active THEN '' ELSE 'switched off' END
                WHERE id = :id AND version = :version""").bind("url", asked.url())
                .bind("description", asked.description())
                .bind("events", asked.events().toArray(String[]::new)).bind("active", asked.active())
                .bind("now", now).bind("id", id).bind("version", version).execute() == 1;
    }

    /// A new secret; the one before signs beside it for a while.
    static void renew(Handle handle, long id, byte[] secret, Instant oldUntil) {
        handle.createUpdate("""
                UPDATE service.webhook SET old_secret = secret, old_until = :until, secret = :secret,
                    version = version + 1 WHERE id = :id""").bind("until", oldUntil).bind("secret", secret)
                .bind("id", id).execute();
    }

    static boolean remove(Handle handle, long id) {
        return handle.createUpdate("DELETE FROM service.webhook WHERE id = :id").bind("id", id)
                .execute() == 1;
    }

    static Optional<Webhook> find(Handle handle, long id, Instant now) {
        return handle.createQuery(SELECT + "WHERE id = :id").bind("id", id).bind("now", now)
                .map((row, _) -> webhook(row)).findOne();
    }

    static List<Webhook> all(Handle handle, Instant now) {
        return handle.createQuery(SELECT + "ORDER BY id").bind("now", now).map((row, _) -> webhook(row))
                .list();
    }

    /// Queues an event for all who want it.
    ///
    /// @return for how many
    static int queue(Handle handle, String event, String type, String payload, Instant now) {
        return handle.createUpdate(
                """
                        INSERT INTO service.webhook_delivery (webhook, event, type, payload, state, created_at, due_at)
                        SELECT id, :event, :type, :payload, 'queued', :now, :now FROM service.webhook
                        WHERE active AND :type = ANY(events) ON CONFLICT (webhook, event) DO NOTHING""")
                .bind("event", event).bind("type", type).bind("payload", payload).bind("now", now).execute();
    }

    /// Queues an event for one alone.
    static void queueFor(Handle handle, long webhook, String event, String type, String payload,
            Instant now) {
        handle.createUpdate(
                """
                        INSERT INTO service.webhook_delivery (webhook, event, type, payload, state, created_at, due_at)
                        VALUES (:webhook, :event, :type, :payload, 'queued', :now, :now)""")
                .bind("webhook", webhook)
                .bind("event", event).bind("type", type).bind("payload", payload).bind("now", now).execute();
    }

    /// The next delivery that is due of each receiver that is not busy.
    static List<Delivery> due(Handle handle, Instant now, Long[] busy) {
        return handle.createQuery(DELIVERY.replace("SELECT d.id", "SELECT DISTINCT ON (d.webhook) d.id") + """
                JOIN service.webhook w ON w.id = d.webhook
                WHERE d.state = 'queued' AND d.due_at <= :now AND w.active AND w.not_before <= :now
                    AND NOT d.webhook = ANY(:busy)
                ORDER BY d.webhook, d.due_at, d.id""").bind("now", now).bind("busy", busy)
                .map((row, _) -> delivery(row)).list();
    }

    static void ended(Handle handle, Delivery delivery, String state, @Nullable Integer status, String answer,
            Instant due, Instant now) {
        handle.createUpdate("""
                UPDATE service.webhook_delivery SET state = :state, attempts = attempts + 1, status = :status,
                    answer = :answer, due_at = :due,
                    ended_at = CASE WHEN :state <> 'queued' THEN :now::timestamptz END
                WHERE id = :id AND state = 'queued'""").bind("state", state).bind("status", status)
                .bind("answer", answer.length() > 500 ? answer.substring(0, 500) : answer).bind("due", due)
                .bind("now", now).bind("id", Long.parseLong(delivery.id())).execute();
    }

    static void worked(Handle handle, String webhook) {
        handle.createUpdate("""
                UPDATE service.webhook SET failures = 0, failing_since = NULL
                WHERE id = :id AND failures > 0""").bind("id", Long.parseLong(webhook)).execute();
    }

    /// Counts a failure.
    static void failed(Handle handle, String webhook, Instant now) {
        int failures = handle.createQuery("""
                UPDATE service.webhook SET failures = failures + 1,
                    failing_since = coalesce(failing_since, :now) WHERE id = :id RETURNING failures""")
                .bind("now", now).bind("id", Long.parseLong(webhook)).mapTo(Integer.class).findOne()
                .orElse(0);
        handle.createUpdate("UPDATE service.webhook SET not_before = :rest WHERE id = :id")
                .bind("rest", now.plus(Schedule.rest(failures))).bind("id", Long.parseLong(webhook))
                .execute();
    }

    /// @return whether it was on until now
    static boolean switchOff(Handle handle, String webhook, String reason) {
        return handle.createUpdate("""
                UPDATE service.webhook SET active = false, reason = :reason, version = version + 1
                WHERE id = :id AND active""").bind("reason", reason).bind("id", Long.parseLong(webhook))
                .execute() == 1;
    }

    static List<Delivery> log(Handle handle, long webhook, @Nullable String state, long before, int limit) {
        return handle.createQuery(DELIVERY + """
                WHERE d.webhook = :webhook AND d.id < :before AND (:state::text IS NULL OR d.state = :state)
                ORDER BY d.id DESC LIMIT :limit""").bind("webhook", webhook).bind("before", before)
                .bind("state", state).bind("limit", limit).map((row, _) -> delivery(row)).list();
    }

    /// Sends again: one delivery, or all dead ones where `delivery` is null.
    static int replay(Handle handle, long webhook, @Nullable Long delivery, Instant now) {
        return handle.createUpdate("""
                UPDATE service.webhook_delivery SET state = 'queued', attempts = 0, due_at = :now,
                    ended_at = NULL
                WHERE webhook = :webhook AND CASE WHEN :id::bigint IS NULL THEN state = 'dead'
                    ELSE id = :id AND state <> 'queued' END""").bind("webhook", webhook).bind("id", delivery)
                .bind("now", now).execute();
    }

    /// Forgets what was delivered, or given up, long ago.
    static void forget(Handle handle, Instant before) {
        handle.createUpdate("""
                DELETE FROM service.webhook_delivery WHERE id IN (SELECT id FROM service.webhook_delivery
                    WHERE ended_at < :before LIMIT 1000)""").bind("before", before).execute();
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        List<byte[]> secrets = new ArrayList<>(List.of(row.getBytes("secret")));
        byte[] old = row.getBytes("old");
        if (old != null) {
            secrets.add(old);
        }
        return new Webhook(row.getString("id"), row.getInt("version"), row.getString("url"),
                row.getString("description"), List.of((String[]) row.getArray("events").getArray()),
                row.getBoolean("active"), row.getString("reason"), row.getInt("failures"),
                Columns.instant(row, "failing_since"), row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(), List.copyOf(secrets));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(row.getString("id"), row.getString("webhook"), row.getString("event"),
                row.getString("type"), row.getString("payload"), row.getString("state"),
                row.getInt("attempts"), row.getObject("status", Integer.class), row.getString("answer"),
                row.getTimestamp("created_at").toInstant(), row.getTimestamp("due_at").toInstant(),
                Columns.instant(row, "ended_at"));
    }
}
