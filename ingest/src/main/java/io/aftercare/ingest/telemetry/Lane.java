package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Micros;
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
/// Bounds: a lane holds one batch being stored and one gathering. Where three quarters of the limit have gathered, QoS 0 is
/// dropped and counted; above it a connection is told to stop reading until the lane takes what gathered; what the
/// connections had read by then may come on top, up to [LaneLimits#hardMax] times the limit, where a connection is ended.
/// A batch that the database does not take is tried again as it is, for ever, with readers paused; nothing is acknowledged
/// before its commit.
///
/// Rows are cheaper by the thousand: PostgreSQL spends 6 µs on each of 250, 3 µs on each of 5,000, and a commit has a price of
/// its own. So a lane that finds messages waiting after a commit, and sees more come in, begins the next one no sooner than
/// [#COMMIT_EVERY_NANOS] after the last; one that finds nothing takes the next message at once.
public final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(50);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

    /// Rows from which on more of them save nothing.
    private static final int WORTH_A_COMMIT = 4_000;
    private static final long COMMIT_EVERY_NANOS = 5_000_000;
    private static final long LINGER_STEP_NANOS = 1_000_000;
    /// An idle lane looks this often whether there is silence to look at.
    private static final long IDLE_MICROS_MAX = 1_000_000;

    /// What became of a message that was offered.
    public enum Offer {
        /// It will be stored.
        TAKEN,
        /// It will be stored, and the connection must stop reading until [Source#resume].
        FULL,
        /// QoS 0, and too much else is waiting: it is gone.
        SHED,
        /// There is no room even for what was read already: the connection must end, and send it again.
        REFUSED
    }

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
    /// The number of messages at which the lane wants to be woken.
    private int wakeAt = Integer.MAX_VALUE;
    private long takenAt;
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
        this.thread = Thread.ofPlatform().name("lane-" + index).uncaughtExceptionHandler((_, e) -> died(e))
                .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Takes a message; its payload, from `from` to `to` in `in`, is copied. On the source's event loop.
    public Offer offer(Source source, int packet, int qos, boolean dup, Format format, ByteBuf in, int from,
            int to, long receivedMicros) {
        lock.lock();
        try {
            int count = gathering.count();
            int size = gathering.size();
            Offer refusal = turnedAway(qos, count, size);
            if (refusal != null) {
                return refusal;
            }
            gathering.add(source, packet, qos, dup, format, in, from, to, receivedMicros);
            return added(source, count, size);
        } finally {
            lock.unlock();
        }
    }

    /// Takes an event, in order with the telemetry. From any thread.
    public Offer offer(Source source, DeviceEvent event, int qos, long receivedMicros) {
        lock.lock();
        try {
            int count = gathering.count();
            int size = gathering.size();
            Offer refusal = turnedAway(qos, count, size);
            if (refusal != null) {
                return refusal;
            }
            gathering.add(source, event, qos, receivedMicros);
            return added(source, count, size);
        } finally {
            lock.unlock();
        }
    }

    /// Takes it that a device was heard of, unless too much else is waiting. From any thread.
    public void heard(Source source, long receivedMicros) {
        lock.lock();
        try {
            int count = gathering.count();
            if (!limits.sheds(count, gathering.size())) {
                gathering.addSign(source, receivedMicros);
                if (count + 1 == wakeAt) {
                    arrived.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    // null where there is room
    private @Nullable Offer turnedAway(int qos, int count, int size) {
        if (qos == 0 && limits.sheds(count, size)) {
            meters.shed();
            return Offer.SHED;
        }
        if (limits.refuses(count, size)) {
            meters.refused();
            return Offer.REFUSED;
        }
        return null;
    }

    private Offer added(Source source, int before, int size) {
        if (before + 1 == wakeAt) {
            arrived.signal();
        }
        if (limits.isFull(before, size)) {
            paused.add(source);
            return Offer.FULL;
        }
        return Offer.TAKEN;
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

    /// What gathered, when there is something, and nothing where silence is to be looked at; null at the end.
    private @Nullable Intake take() {
        List<Source> resumed;
        Intake taken;
        lock.lock();
        try {
            boolean steady = gathering.count() > 0;
            if (!isWorthTaking()) {
                return null;
            }
            if (steady) {
                linger();
            }
            wakeAt = Integer.MAX_VALUE;
            takenAt = System.nanoTime();
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

    // With the lock held. Waits until something has come or silence is to be looked at; false at the end.
    private boolean isWorthTaking() {
        while (gathering.count() == 0 && !closing) {
            wakeAt = 1;
            long left = Math.min(batch.wakeAt() - Micros.of(clock.instant()), IDLE_MICROS_MAX);
            if (left <= 0) {
                return true;
            }
            try {
                var _ = arrived.awaitNanos(left * 1_000);
            } catch (InterruptedException e) {
                LOG.warn("{} was interrupted; it ends by being closed", thread.getName(), e);
            }
        }
        return gathering.count() > 0;
    }

    // With the lock held. Ends at once where a step brought nothing: then the devices wait for us, not we for them.
    private void linger() {
        int before = 0;
        wakeAt = WORTH_A_COMMIT;
        long left = takenAt + COMMIT_EVERY_NANOS - System.nanoTime();
        while (left > 0 && !closing && gathering.count() < WORTH_A_COMMIT && gathering.count() > before) {
            before = gathering.count();
            try {
                long step = Math.min(left, LINGER_STEP_NANOS);
                left -= step - Math.max(0, arrived.awaitNanos(step));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
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
                if (health.storing()) {
                    batch.tick(Micros.of(clock.instant()));
                }
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

    // Nothing is lost, for nothing is acknowledged any more; readiness says so, and a restart mends it.
    private void died(Throwable e) {
        LOG.error("{} has died and stores nothing any more", thread.getName(), e);
        health = new LaneHealth(false, clock.instant(), "its thread has died of " + e);
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
            batch.recovered(Micros.of(now));
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
