package io.aftercare.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayIT {
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEffectThatFailsOnceIsCarriedOutLaterAndEachKeyOnce() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2);
        try (OutboxRelay relay = new OutboxRelay(database)) {
            relay.on("greet", (_, key, payload) -> {
                if (key.equals("b") && attempts.getAndIncrement() == 0) {
                    throw new IllegalStateException("not yet");
                }
                received.add(key + payload.get("n").asInt());
                done.countDown();
            });
            relay.start();
            append("b", 1);
            append("a", 2);
            append("a", 3);
            relay.wake();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(received).containsExactlyInAnyOrder("b1", "a2");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void manyEntriesAreCarriedOutInTheOrderOfTheirWriting() throws Exception {
        int count = 1000;
        List<String> received = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(count);
        List<Outbox.Entry> entries = IntStream.range(0, count)
                .mapToObj(n -> new Outbox.Entry("greet", "k" + n, Json.object().put("n", n))).toList();
        database.useTransaction(handle -> Outbox.append(handle.getConnection(), entries));
        try (OutboxRelay relay = new OutboxRelay(database)) {
            relay.on("greet", (_, key, _) -> {
                received.add(key);
                done.countDown();
            });
            relay.start();
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(n -> "k" + n).toList());
    }

    @Test
    void whatAReceiverWroteBeforeItFailedIsUndoneAndDoneOnceInTheEnd() throws Exception {
        database.useTransaction(handle -> handle.execute("CREATE TABLE effect (key text)"));
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        append("a", 1);
        try (OutboxRelay relay = new OutboxRelay(database)) {
            relay.on("greet", (transaction, key, _) -> {
                transaction.execute("INSERT INTO effect VALUES (?)", key);
                if (attempts.getAndIncrement() == 0) {
                    throw new IllegalStateException("killed between its writes and the commit");
                }
                done.countDown();
            });
            relay.start();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        int effects = database.jdbi().withHandle(handle -> handle.createQuery("SELECT count(*) FROM effect")
                .mapTo(Integer.class).one());
        assertThat(effects).isEqualTo(1);
    }

    @Test
    void twoRelaysOfOneDatabaseShareTheWorkWithoutDoublingIt() throws Exception {
        int count = 300;
        AtomicInteger received = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(count);
        try (OutboxRelay one = new OutboxRelay(database); OutboxRelay other = new OutboxRelay(database)) {
            for (OutboxRelay relay : List.of(one, other)) {
                relay.on("greet", (_, _, _) -> {
                    received.incrementAndGet();
                    done.countDown();
                });
                relay.start();
            }
            for (int n = 0; n < count; n++) {
                append("k" + n, n);
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(received).hasValue(count);
    }

    @Test
    void housekeepingRemovesWhatHadItsDayAndNothingElse() throws Exception {
        append("old", 1);
        append("waiting", 2);
        append("fresh", 3);
        database.useTransaction(handle -> handle.execute(
                """
                        UPDATE fleet.outbox SET done_at = now() - CASE key WHEN 'old' THEN interval '8 days' ELSE '0' END
                        WHERE key <> 'waiting'"""));
        try (Housekeeping housekeeping = new Housekeeping(database, Duration.ofHours(1))) {
            assertThat(housekeeping.round()).isEqualTo(1);
        }
        List<String> left = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT key FROM fleet.outbox ORDER BY key").mapTo(String.class).list());
        assertThat(left).containsExactly("fresh", "waiting");
    }

    private void append(String key, int n) {
        database.useTransaction(handle -> Outbox.append(handle, "greet", key, Json.object().put("n", n)));
    }
}
