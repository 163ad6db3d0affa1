package io.aftercare.ingest.message;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of devices' coming and going, written in batches behind the scenes: a storm of connects must not become a storm
/// of transactions. It is a log for people and promises less than telemetry: while the database is away [#QUEUE_MAX]
/// entries wait and the oldest of more are lost, which is counted in the server's log.
public final class Connectivity implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connectivity.class);
    private static final int QUEUE_MAX = 50_000;
    private static final int BATCH_MAX = 2000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Database database;
    private final Events events;
    private final ArrayBlockingQueue<Change> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private record Change(Device device, Instant at, boolean connected, String detail, Visit visit) {}

    /// Where a device comes from, and how.
    ///
    /// @param seconds how long it was there; null where it has just come
    public record Visit(String address, String protocol, @Nullable Long seconds) {}

    public Connectivity(Database database, Events events) {
        this.database = database;
        this.events = events;
        this.thread = Thread.ofVirtual().name("connectivity").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// From any thread; does not wait.
    public void note(Device device, Instant at, boolean connected, String detail, Visit visit) {
        Change change = new Change(device, at, connected, detail, visit);
        while (!queue.offer(change)) {
            if (queue.poll() != null) {
                LOG.warn("Too many connects and disconnects wait for the database: the oldest is not logged");
            }
        }
    }

    /// Writes what waits and ends; where the database is away it ends without.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Change> batch = new ArrayList<>();
        try {
            while (closing.getCount() > 0 || !queue.isEmpty()) {
                Change first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH_MAX - 1);
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: {} connects and disconnects are not logged", queue.size(), e);
        }
    }

    private void write(List<Change> batch) throws InterruptedException {
        while (true) {
            try {
                database.useTransaction(handle -> write(handle, batch));
                batch.forEach(change -> DeviceEvents.tell(events, change.device().id().value(),
                        change.device().outlet(),
                        Json.object().put("what", "connectivity").put("connected", change.connected())));
                return;
            } catch (RuntimeException e) {
                LOG.warn("{} connects and disconnects wait for the database: {}", batch.size(),
                        e.getMessage());
            }
            if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    // Two statements for all: a statement for each would be most of what a login costs.
    private static void write(Handle handle, List<Change> batch) {
        handle.createUpdate(
                """
                        INSERT INTO ingest.connectivity (device, at, connected, detail, address, protocol, seconds)
                        SELECT * FROM unnest(:devices, :times, :connected, :details, :addresses, :protocols, :seconds)""")
                .bindArray("devices", Integer.class, each(batch, change -> change.device().number()))
                .bindArray("times", OffsetDateTime.class,
                        each(batch, change -> change.at().atOffset(ZoneOffset.UTC)))
                .bindArray("connected", Boolean.class, each(batch, Change::connected))
                .bindArray("details", String.class, each(batch, Change::detail))
                .bindArray("addresses", String.class, each(batch, change -> change.visit().address()))
                .bindArray("protocols", String.class, each(batch, change -> change.visit().protocol()))
                .bindArray("seconds", Long.class,
                        (Object[]) batch.stream().map(change -> change.visit().seconds())
                                .toArray(Long[]::new))
                .execute();
        Map<Integer, Instant> seen = new HashMap<>();
        batch.forEach(change -> seen.merge(change.device().number(), change.at(),
                (one, other) -> one.isAfter(other) ? one : other));
        Devices.seen(handle, seen);
    }

    private static <T> List<T> each(List<Change> batch, Function<Change, T> figure) {
        return batch.stream().map(figure).toList();
    }
}
