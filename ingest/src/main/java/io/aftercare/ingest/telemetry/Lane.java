package io.aftercare.ingest.telemetry;

import io.netty.buffer.ByteBuf;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the threads that store telemetry. A device belongs to one lane, so its messages keep their order and its rules
/// need no locks. While a batch is being committed the next one gathers: the batch grows with the load by itself.
///
/// Bounds: a lane holds one batch being stored and one gathering; above the limit a connection is told to stop reading
/// until the lane takes what gathered, and QoS 0 is dropped. A batch that the database does not take is tried again as it
/// is, for ever, with readers paused; nothing is acknowledged before its commit.
public final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(50);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

    private final LaneLimits limits;
    private final LaneStore store;
    private final LaneBatch batch;
    private final IngestMeters meters;
    private final InstantSource clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    // Guarded by the lock.
    private Intake gathering = new Intake();
    private Intake spare = new Intake();
    private List<Source> paused = new ArrayList<>();
    private boolean idle;
    private boolean closing;
    private boolean abandoned;
    // Written by the lane.
    private volatile LaneHealth health = LaneHealth.GOOD;

    public Lane(int index, LaneLimits limits, LaneStore store, LaneBatch batch, IngestMeters meters,
            InstantSource clock) {
        this.limits = limits;
        this.store = store;
        this.batch = batch;
        this.meters = meters;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("lane-" + index).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Takes a message; its payload is copied. On the source's event loop.
    ///
    /// @return false where the connection must stop reading until [Source#resume]; the message is taken all the same
    public boolean offer(Source source, int packet, int qos, boolean dup, Format format, ByteBuf payload,
            long receivedMicros) {
        lock.lock();
        try {
            boolean full = gathering.count() >= limits.messagesMax()
                    || gathering.size() >= limits.bytesMax();
            if (full && qos == 0) {
                meters.dropped();
                return true;
            }
            gathering.add(source, packet, qos, dup, format, payload, receivedMicros);
            if (idle) {
                arrived.signal();
            }
            if (full) {
                paused.add(source);
            }
            return !full;
        } finally {
            lock.unlock();
        }
    }

    public LaneHealth health() {
        return health;
    }

    /// Messages that are gathered and not yet stored.
    public int waiting() {
        lock.lock();
        try {
            return gathering.count();
        } finally {
            lock.unlock();
        }
    }

    /// Stores what has come, acknowledges it and ends; gives up, without acknowledging, where the database stays away for
    /// `drainMax`.
    public void close(Duration drainMax) {
        lock.lock();
        try {
            closing = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(drainMax)) {
                abandon();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }

    private void abandon() {
        lock.lock();
        try {
            abandoned = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try (store) {
            for (Intake taken = take(); taken != null; taken = take()) {
                if (!carryThrough(taken)) {
                    return;
                }
            }
        }
    }

    /// What gathered, when there is something; null at the end.
    private @Nullable Intake take() {
        List<Source> resumed;
        Intake taken;
        lock.lock();
        try {
            while (gathering.count() == 0) {
                if (closing) {
                    return null;
                }
                idle = true;
                arrived.awaitUninterruptibly();
                idle = false;
            }
            taken = gathering;
            gathering = spare;
            spare = taken;
            resumed = paused;
            paused = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        resumed.forEach(source -> source.loop().execute(source::resume));
        return taken;
    }

    /// Reads, stores and acknowledges a batch, again and again until it is done; false where that was given up.
    private boolean carryThrough(Intake taken) {
        Duration backoff = BACKOFF_FIRST;
        boolean opened = false;
        while (true) {
            try {
                if (!opened) {
                    batch.open(taken, store.repeats(taken, clock.instant()));
                    opened = true;
                }
                batch.read();
                long begun = System.nanoTime();
                store.store(batch);
                meters.committed(batch, System.nanoTime() - begun);
                batch.committed();
                recovered();
                return true;
            } catch (SQLException | RuntimeException e) {
                failed(e, taken.count());
                if (!pause(backoff)) {
                    LOG.error("Given up at the stop: {} messages stay unacknowledged", taken.count());
                    return false;
                }
                backoff = backoff.multipliedBy(2).compareTo(BACKOFF_MAX) > 0
                        ? BACKOFF_MAX
                        : backoff.multipliedBy(2);
            }
        }
    }

    private void failed(Exception e, int messages) {
        LaneHealth before = health;
        boolean outage = e instanceof SQLException || e instanceof JdbiException;
        if (before.storing()) {
            health = new LaneHealth(false, clock.instant(), String.valueOf(e.getMessage()));
            LOG.warn("{} waits with {} messages: {}", thread.getName(), messages, e.getMessage(),
                    outage ? null : e);
        }
        store.close();
    }

    private void recovered() {
        LaneHealth before = health;
        if (!before.storing()) {
            Instant now = clock.instant();
            LOG.info("{} stores again after {}", thread.getName(), Duration.between(before.since(), now));
            health = LaneHealth.GOOD;
        }
    }

    /// Waits; false where the lane is given up meanwhile.
    private boolean pause(Duration duration) {
        lock.lock();
        try {
            long left = duration.toNanos();
            while (left > 0 && !abandoned) {
                left = arrived.awaitNanos(left);
            }
            return !abandoned;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
