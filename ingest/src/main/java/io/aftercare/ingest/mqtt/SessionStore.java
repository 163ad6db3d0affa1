package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Sessions in the database: they outlive the connection, and the backend. A device has one at most, and none where it did
/// not ask for it: then nothing here is touched, and [#mayExist] says so without the database. All but that block.
/// Thread-safe; the calls for one device come one after the other (from its [Mailbox]), but for [Downlinks#queue].
final class SessionStore {
    private final Database database;
    /// By device number: whether there may be a session. Guarded by itself.
    private final BitSet stored = new BitSet();

    SessionStore(Database database) {
        this.database = database;
    }

    /// A session as a connection finds it.
    ///
    /// @param present    whether there was one before
    /// @param isStored   whether it outlives the connection, or there is something of it to be removed
    /// @param unreleased QoS 2 packets that the device has not released
    /// @param sentSeq    the last message handed to an earlier connection
    record Opened(boolean present, boolean isStored, Subscriptions subscriptions, List<Integer> unreleased,
            long sentSeq) {
        static final Opened NONE = new Opened(false, false, Subscriptions.NONE, List.of(), 0);

        Opened with(List<Integer> moreUnreleased) {
            return new Opened(present, isStored, subscriptions, moreUnreleased, sentSeq);
        }
    }

    /// At the start of the backend: learns who has a session. A connection that the last run did not end has ended now.
    void start(Instant now) {
        database.useTransaction(handle -> {
            handle.createUpdate("UPDATE ingest.mqtt_session SET ends_at = " + end()
                    + " WHERE ends_at IS NULL").bind("now", now).execute();
            synchronized (stored) {
                handle.createQuery("SELECT device FROM ingest.mqtt_session").setFetchSize(10_000)
                        .mapTo(Integer.class).forEach(stored::set);
            }
        });
    }

    // 0xFFFFFFFF means for ever (MQTT 5.0, 3.1.2.11.2).
    private static String end() {
        return "CASE WHEN expiry_seconds >= 4294967295 THEN 'infinity' "
                + "ELSE CAST(:now AS timestamptz) + make_interval(secs => expiry_seconds) END";
    }

    /// Whether a device may have a session; false is certain.
    boolean mayExist(int device) {
        synchronized (stored) {
            return stored.get(device);
        }
    }

    private void mark(int device, boolean there) {
        synchronized (stored) {
            stored.set(device, there);
        }
    }

    /// A device connects: finds its session, or makes it, or ends the one before.
    Opened open(int device, String clientId, boolean clean, long expirySeconds, Instant now) {
        Opened opened = database.inTransaction(handle -> {
            Optional<Opened> found = clean ? Optional.empty() : resume(handle, device, clientId, now);
            if (found.isPresent()) {
                handle.createUpdate("""
                        UPDATE ingest.mqtt_session SET ends_at = NULL, expiry_seconds = :expiry
                        WHERE device = :device""").bind("device", device).bind("expiry", expirySeconds)
                        .execute();
                return found.get();
            }
            handle.createUpdate("DELETE FROM ingest.mqtt_session WHERE device = :device")
                    .bind("device", device).execute();
            if (expirySeconds > 0) {
                handle.createUpdate("""
                        INSERT INTO ingest.mqtt_session (device, client_id, expiry_seconds)
                        VALUES (:device, :client, :expiry)""").bind("device", device)
                        .bind("client", clientId).bind("expiry", expirySeconds).execute();
            }
            return new Opened(false, expirySeconds > 0, Subscriptions.NONE, List.of(), 0);
        });
        mark(device, opened.isStored());
        return opened;
    }

    private static Optional<Opened> resume(Handle handle, int device, String clientId, Instant now) {
        return handle.createQuery("""
                SELECT filters, grants, unreleased, sent_seq
                FROM ingest.mqtt_session WHERE device = :device AND client_id = :client
                AND (ends_at IS NULL OR ends_at > :now) FOR UPDATE""").bind("device", device)
                .bind("client", clientId).bind("now", now).map((row, _) -> new Opened(true, true,
                        subscriptions(row), numbers(row, "unreleased"),
                        row.getLong("sent_seq")))
                .findOne();
    }

    private static Subscriptions subscriptions(ResultSet row)
            throws SQLException {
        String[] filters = (String[]) row.getArray("filters").getArray();
        List<Integer> grants = numbers(row, "grants");
        Map<TopicFilter, Integer> granted = new LinkedHashMap<>();
        for (int i = 0; i < filters.length; i++) {
            granted.put(new TopicFilter(filters[i]), grants.get(i));
        }
        return new Subscriptions(granted);
    }

    private static List<Integer> numbers(ResultSet row, String column)
            throws SQLException {
        return List.of((Integer[]) row.getArray(column).getArray());
    }

    /// What the session subscribes to, for a message that is to wait for the device; the session stays locked till the end
    /// of the transaction, so that messages get their places one after the other.
    static @Nullable Subscriptions lock(Handle handle, int device, Instant now) {
        return handle.createQuery("""
                SELECT filters, grants FROM ingest.mqtt_session
                WHERE device = :device AND (ends_at IS NULL OR ends_at > :now) FOR UPDATE""")
                .bind("device", device).bind("now", now)
                .map((row, _) -> subscriptions(row)).findOne()
                .orElse(null);
    }

    /// The device has changed what it subscribes to; committed when this returns.
    void subscriptions(int device, Subscriptions changed) {
        List<Map.Entry<TopicFilter, Integer>> granted = List.copyOf(changed.granted().entrySet());
        database.useTransaction(handle -> handle.createUpdate("""
                UPDATE ingest.mqtt_session SET filters = :filters, grants = :grants WHERE device = :device""")
                .bindArray("filters", String.class, granted.stream().map(one -> one.getKey().text()).toList())
                .bindArray("grants", Integer.class, granted.stream().map(Map.Entry::getValue).toList())
                .bind("device", device).execute());
    }

    /// The connection has ended: the session begins to expire, or ends.
    void close(int device, long expirySeconds, List<Integer> unreleased, Instant now) {
        database.useTransaction(handle -> {
            if (expirySeconds == 0) {
                handle.createUpdate("DELETE FROM ingest.mqtt_session WHERE device = :device")
                        .bind("device", device).execute();
                return;
            }
            handle.createUpdate("UPDATE ingest.mqtt_session SET expiry_seconds = :expiry, "
                    + "unreleased = :unreleased WHERE device = :device").bind("device", device)
                    .bind("expiry", expirySeconds).bindArray("unreleased", Integer.class, unreleased)
                    .execute();
            handle.createUpdate("UPDATE ingest.mqtt_session SET ends_at = " + end()
                    + " WHERE device = :device").bind("device", device).bind("now", now).execute();
        });
        if (expirySeconds == 0) {
            mark(device, false);
        }
    }

    /// Removes the sessions that have ended, and the messages that have expired.
    ///
    /// @return how many messages nobody took in time
    int sweep(Instant now) {
        return database.inTransaction(handle -> {
            int lost = handle.createQuery("""
                    SELECT count(*) FROM ingest.mqtt_downlink JOIN ingest.mqtt_session USING (device)
                    WHERE ends_at <= :now AND (expires_at IS NULL OR expires_at > :now)""").bind("now", now)
                    .mapTo(Integer.class).one();
            List<Integer> ended = handle.createQuery(
                    "DELETE FROM ingest.mqtt_session WHERE ends_at <= :now RETURNING device")
                    .bind("now", now).mapTo(Integer.class).list();
            int expired = handle.createUpdate("DELETE FROM ingest.mqtt_downlink WHERE expires_at <= :now")
                    .bind("now", now).execute();
            // Not unmarked: a device may have come back between, and a mark too many costs one look.
            return ended.isEmpty() ? expired : expired + lost;
        });
    }
}
