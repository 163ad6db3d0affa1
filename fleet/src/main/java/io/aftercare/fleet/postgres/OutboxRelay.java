package io.aftercare.fleet.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what stands in the outbox, in the order of its writing, a topic's entries one after the other. The receiver
/// works in the same transaction that marks the entry done: its own writes happen exactly once, and what it sends
/// outside the database must bear being sent again.
///
/// A receiver that throws is asked again later, with growing delay, and holds up nobody else.
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH_MAX = 200;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(5);

    private final Database database;
    private final Map<String, Receiver> receivers = new HashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final BackgroundLoop loop = new BackgroundLoop("outbox", IDLE, this::round);

    /// Carries out one effect within `transaction`.
    @FunctionalInterface
    public interface Receiver {
        void receive(Handle transaction, String key, JsonNode payload) throws Exception;
    }

    private record Pending(long id, String topic, String key, JsonNode payload, int attempts) {}

    public OutboxRelay(Database database) {
        this.database = database;
    }

    /// Names the one receiver of a topic; before [#start].
    public OutboxRelay on(String topic, Receiver receiver) {
        if (started.get() || receivers.putIfAbsent(topic, receiver) != null) {
            throw new IllegalStateException("Topic " + topic + " has a receiver, or the relay runs already");
        }
        return this;
    }

    public void start() {
        started.set(true);
        loop.start();
    }

    /// Says that something was committed; cheap, from any thread. Without it the relay looks once a second.
    public void wake() {
        loop.wake();
    }

    @Override
    public void close() {
        loop.close();
    }

    private boolean round() {
        List<Pending> due = due();
        for (Pending entry : due) {
            if (!loop.isClosing()) {
                carryOut(entry);
            }
        }
        return due.size() == BATCH_MAX;
    }

    private List<Pending> due() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        SELECT id, topic, key, payload, attempts FROM fleet.outbox
                        WHERE done_at IS NULL AND due_at <= now() ORDER BY id LIMIT :limit""")
                        .bind("limit", BATCH_MAX)
                        .map((row, context) -> new Pending(row.getLong(1), row.getString(2), row.getString(3),
                                Json.parse(row.getString(4)), row.getInt(5)))
                        .list());
    }

    private void carryOut(Pending entry) {
        Receiver receiver = receivers.get(entry.topic());
        try {
            if (receiver == null) {
                throw new IllegalStateException("Nobody receives outbox topic " + entry.topic());
            }
            database.useTransaction(handle -> {
                int mine = handle.createUpdate("""
                        UPDATE fleet.outbox SET done_at = now()
                        WHERE id = (SELECT id FROM fleet.outbox WHERE id = :id AND done_at IS NULL
                                    FOR UPDATE SKIP LOCKED)""").bind("id", entry.id()).execute();
                if (mine == 1) {
                    receiver.receive(handle, entry.key(), entry.payload());
                }
            });
        } catch (Exception e) {
            if (e instanceof ConnectionException || !database.answers()) {
                throw new IllegalStateException(e); // not the entry's fault: it waits with all the others
            }
            LOG.error("Outbox {} {} failed, attempt {}", entry.topic(), entry.key(), entry.attempts() + 1, e);
            postpone(entry);
        }
    }

    private void postpone(Pending entry) {
        long seconds = Math.min(RETRY_MAX.toSeconds(), 1L << Math.min(entry.attempts(), 16));
        database.jdbi()
                .useHandle(handle -> handle
                        .createUpdate(
                                """
                                        UPDATE fleet.outbox SET attempts = attempts + 1, due_at = now() + :seconds * interval '1 second'
                                        WHERE id = :id""")
                        .bind("seconds", seconds).bind("id", entry.id()).execute());
    }
}
