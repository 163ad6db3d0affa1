package io.aftercare.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.mqtt.Downlinks.Parcel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A kept session under random events beside a plain model: a sorted map of what was taken and is still owed. The store is
/// the real one; the event loop and the mailbox are queues of this test, run in any order that the real ones allow, and
/// thrown away in the middle where the connection or the backend dies.
///
/// What must hold: the device gets what it is owed in order, each for the first time once and later only as a repetition
/// with the same packet identifier; nothing of an ended session, nothing expired, never more unanswered than it takes; and
/// after all the crashes whatever is owed arrives.
class SessionSimulationIT {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 30);
    private static final int STEPS = 150;
    private static Database database;

    @BeforeAll
    static void start() {
        database = TestDatabase.create("ingest");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void whateverHappensTheDeviceGetsWhatItIsOwedInOrder() {
        int delivered = 0;
        int repeated = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            try {
                world.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            delivered += world.delivered;
            repeated += world.repeated;
        }
        assertThat(delivered).as("messages delivered").isGreaterThan(SEEDS * 10);
        assertThat(repeated).as("repetitions").isGreaterThan(SEEDS);
    }

    /// A message that the store took.
    private record Owed(long number, Instant expires) {}

    private static final class World {
        private final Random random;
        private final int device;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private SessionStore sessions = new SessionStore(database);
        private final Downlinks downlinks = new Downlinks(database, new QueueLimits(40, 100_000, 1000));
        private final DownlinkMeters meters = new DownlinkMeters(new SimpleMeterRegistry());
        private boolean hasSession;
        private Instant ends = Instant.MAX;
        private long expirySeconds;
        private final TreeMap<Long, Owed> owed = new TreeMap<>();
        private final Map<Long, Integer> packets = new HashMap<>();
        private long numbers;
        private @Nullable Connection connection;
        private int delivered;
        private int repeated;

        World(int seed) {
            random = new Random(seed);
            device = seed;
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> say();
                    case 4 -> connect(random.nextInt(8) == 0);
                    case 5, 6, 7, 8 -> work();
                    case 9 -> leave();
                    case 10 -> now = now.plusSeconds(random.nextInt(60));
                    case 11 -> crash();
                    default -> throw new AssertionError();
                }
                forgetExpired();
            }
            settle();
        }

        private void say() {
            Instant expires = random.nextInt(3) == 0 ? now.plusSeconds(1 + random.nextInt(120)) : null;
            String text = Long.toString(numbers + 1);
            Queuing outcome = downlinks.queue(device, "desired", text.getBytes(StandardCharsets.UTF_8),
                    expires,
                    now);
            if (!isKept()) {
                assertThat(outcome).isEqualTo(Queuing.NO_SESSION);
            } else if (owed.size() >= 40) {
                assertThat(outcome).isIn(Queuing.FULL);
            } else {
                // An answer may not have reached the store yet, which then has less room than the model.
                assertThat(outcome).isIn(Queuing.QUEUED, Queuing.FULL);
            }
            if (outcome == Queuing.QUEUED) {
                numbers++;
                owed.put(numbers, new Owed(numbers, expires == null ? Instant.MAX : expires));
                Connection live = connection;
                if (live != null) {
                    live.onLoop(live.courier::wake);
                }
            }
        }

        private boolean isKept() {
            return hasSession && (connection != null || ends.isAfter(now));
        }

        private void connect(boolean clean) {
            leave();
            boolean goesOn = !clean && isKept();
            if (!goesOn) {
                owed.clear();
                packets.clear();
            }
            expirySeconds = random.nextLong(30, 330);
            SessionStore.Opened opened = sessions.open(device, "me", clean, expirySeconds, now);
            assertThat(opened.present()).isEqualTo(goesOn);
            assertThat(opened.subscriptions().qos("desired")).isEqualTo(goesOn ? 1 : -1);
            hasSession = true;
            if (!goesOn) {
                sessions.subscriptions(device, new Subscriptions(Map.of(new TopicFilter("desired"), 1)));
            }
            Connection made = new Connection(opened.sentSeq());
            connection = made;
            made.courier.wake();
        }

        private void work() {
            Connection live = connection;
            for (int i = live == null ? 0 : random.nextInt(12); i > 0; i--) {
                Objects.requireNonNull(live).doSomething();
            }
        }

        /// The connection ends in an orderly way for the backend: what was to be stored is stored.
        private void leave() {
            Connection live = connection;
            if (live == null) {
                return;
            }
            live.courier.close();
            live.finishStoring();
            sessions.close(device, expirySeconds, List.of(), now);
            connection = null;
            ends = now.plusSeconds(expirySeconds);
        }

        /// The backend dies: what was on its way to the store is gone.
        private void crash() {
            if (connection != null) {
                connection = null;
                ends = now.plusSeconds(expirySeconds);
            }
            sessions = new SessionStore(database);
            sessions.start(now);
            if (hasSession && ends.isAfter(now)) {
                assertThat(sessions.mayExist(device)).isTrue();
            }
            if (random.nextBoolean()) {
                sessions.sweep(now);
            }
        }

        private void forgetExpired() {
            owed.values().removeIf(message -> !message.expires().isAfter(now));
            if (hasSession && !isKept()) {
                owed.clear();
                packets.clear();
                hasSession = false;
            }
        }

        /// The device comes back for good: all that it is owed arrives.
        private void settle() {
            forgetExpired();
            connect(false);
            Connection live = Objects.requireNonNull(connection);
            while (live.hasWork()) {
                live.doSomething();
            }
            assertThat(owed).as("still owed").isEmpty();
            leave();
            assertThat(downlinks.waiting(device, now)).isZero();
        }

        /// A connection's two queues and the device at its other end.
        private final class Connection implements Courier.Line {
            private static final int TAKES = 5;
            private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
            private final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();
            private final List<Long> unanswered = new ArrayList<>();
            private final Courier courier;
            private long last;

            Connection(long sentSeq) {
                courier = new Courier(device, sentSeq, new Courier.Tools(downlinks, meters, () -> now), this);
            }

            boolean hasWork() {
                return !loop.isEmpty() || !mailbox.isEmpty() || !unanswered.isEmpty();
            }

            void onLoop(Runnable work) {
                loop.add(work);
            }

            void doSomething() {
                switch (random.nextInt(3)) {
                    case 0 -> next(loop);
                    case 1 -> next(mailbox);
                    case 2 -> answer();
                    default -> throw new AssertionError();
                }
            }

            private void next(ArrayDeque<Runnable> queue) {
                if (!queue.isEmpty()) {
                    queue.remove().run();
                }
            }

            private void answer() {
                if (!unanswered.isEmpty()) {
                    long number = unanswered.remove(random.nextInt(unanswered.size()));
                    assertThat(courier.acknowledged(packets.getOrDefault(number, 0), true)).isTrue();
                    owed.remove(number);
                }
            }

            void finishStoring() {
                while (!mailbox.isEmpty()) {
                    mailbox.remove().run();
                }
            }

            @Override
            public int room() {
                return TAKES - courier.inflight();
            }

            @Override
            public boolean write(Parcel parcel, int packet, boolean again, long secondsLeft) {
                long number = Long.parseLong(new String(parcel.payload(), StandardCharsets.UTF_8));
                assertThat(number).as("in order").isGreaterThan(last);
                assertThat(parcel.isExpired(now)).as("expired").isFalse();
                assertThat(unanswered.size()).as("unanswered").isLessThan(TAKES);
                Integer before = packets.get(number);
                if (before != null) {
                    assertThat(again).as("marked as a repetition").isTrue();
                    assertThat(packet).as("its packet").isEqualTo(before);
                    repeated++;
                } else {
                    assertThat(owed).as("owed").containsKey(number);
                    delivered++;
                }
                // Whatever stands between has expired, or was answered before.
                assertThat(owed.subMap(last, false, number, false)).as("left out").isEmpty();
                last = number;
                packets.put(number, packet);
                unanswered.add(number);
                return true;
            }

            @Override
            public Executor loop() {
                return loop::add;
            }

            @Override
            public Executor mailbox() {
                return mailbox::add;
            }

            @Override
            public void later(Runnable work) {
                throw new AssertionError("the database is not away here");
            }
        }
    }
}
