package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Messages that wait for devices, in the database: kept until they are acknowledged, in order, bounded for each device,
/// each with its own end. Thread-safe; every call blocks and is one transaction.
final class Downlinks {
    private final Database database;
    private final QueueLimits limits;

    Downlinks(Database database, QueueLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    /// A waiting message.
    ///
    /// @param seq     its place in the device's order
    /// @param topic   below `devices/{id}/`
    /// @param expires when it is no longer wanted; null: never
    record Parcel(long seq, String topic, byte[] payload, @Nullable Instant expires) {
        boolean isExpired(Instant now) {
            return expires != null && !expires.isAfter(now);
        }

        /// What is left of its time, rounded up because it is not over yet; 0 where it has no end.
        long secondsLeft(Instant now) {
            return expires == null
                    ? 0
                    : Math.max(1, Duration.between(now, expires).plusMillis(999).toSeconds());
        }
    }

    /// Stores a message for a device that keeps a session. Safe from any thread: messages for one device get their places
    /// one after the other.
    Queuing queue(int device, String topic, byte[] payload, @Nullable Instant expires, Instant now) {
        if (payload.length > limits.payloadBytesMax()) {
            return Queuing.TOO_LARGE;
        }
        return database.inTransaction(handle -> {
            Subscriptions subscriptions = SessionStore.lock(handle, device, now);
            if (subscriptions == null) {
                return Queuing.NO_SESSION;
            }
            if (subscriptions.qos(topic) < 1) {
                return Queuing.NOT_SUBSCRIBED;
            }
            if (!hasRoom(handle, device, payload.length, now)) {
                return Queuing.FULL;
            }
            handle.createUpdate("""
                    WITH place AS (UPDATE ingest.mqtt_session SET next_seq = next_seq + 1
                                   WHERE device = :device RETURNING next_seq - 1 AS seq)
                    INSERT INTO ingest.mqtt_downlink (device, seq, topic, payload, queued_at, expires_at)
                    SELECT :device, seq, :topic, :payload, :now, :expires FROM place""")
                    .bind("device", device).bind("topic", topic).bind("payload", payload)
                    .bind("now", now).bind("expires", expires).execute();
            return Queuing.QUEUED;
        });
    }

    private boolean hasRoom(Handle handle, int device, int bytes, Instant now) {
        return handle.createQuery("""
                SELECT count(*) < :messages AND coalesce(sum(octet_length(payload)), 0) + :bytes <= :bytesMax
                FROM ingest.mqtt_downlink
                WHERE device = :device AND (expires_at IS NULL OR expires_at > :now)""")
                .bind("messages", limits.messagesMax()).bind("bytesMax", limits.bytesMax())
                .bind("bytes", bytes).bind("device", device).bind("now", now).mapTo(Boolean.class).one();
    }

    /// The next messages after a place, in order. They count as sent from now on: whatever happens, a later connection
    /// sends them as repetitions.
    List<Parcel> take(int device, long after, int max, Instant now) {
        return database.inTransaction(handle -> {
            List<Parcel> parcels = handle.createQuery("""
                    SELECT seq, topic, payload, expires_at FROM ingest.mqtt_downlink
                    WHERE device = :device AND seq > :after AND (expires_at IS NULL OR expires_at > :now)
                    ORDER BY seq LIMIT :max""").bind("device", device).bind("after", after)
                    .bind("now", now).bind("max", max)
                    .map((row, _) -> new Parcel(row.getLong("seq"), row.getString("topic"),
                            row.getBytes("payload"), row.getTimestamp("expires_at") == null
                                    ? null
                                    : row.getTimestamp("expires_at").toInstant()))
                    .list();
            if (!parcels.isEmpty()) {
                handle.createUpdate("""
                        UPDATE ingest.mqtt_session SET sent_seq = :seq
                        WHERE device = :device AND sent_seq < :seq""").bind("device", device)
                        .bind("seq", parcels.getLast().seq()).execute();
            }
            return parcels;
        });
    }

    /// These need not wait any more.
    void remove(int device, List<Long> places) {
        database.useTransaction(handle -> handle
                .createUpdate(
                        "DELETE FROM ingest.mqtt_downlink WHERE device = :device AND seq = ANY(:places)")
                .bind("device", device).bindArray("places", Long.class, places).execute());
    }

    /// How many wait for a device.
    int waiting(int device, Instant now) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM ingest.mqtt_downlink
                WHERE device = :device AND (expires_at IS NULL OR expires_at > :now)""")
                .bind("device", device).bind("now", now).mapTo(Integer.class).one());
    }
}
