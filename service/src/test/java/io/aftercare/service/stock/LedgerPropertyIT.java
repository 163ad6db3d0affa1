package io.aftercare.service.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The ledger under random movements of several threads, some of which die before the commit, beside a plain model: a map from
/// part, place and batch to a number. The seed of a failure is in its message.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerPropertyIT {
    private static final long SEED = Long.getLong("ledger.seed", 45);
    private static final int THREADS = 6;
    private static final int OPERATIONS = Integer.getInteger("ledger.operations", 3000);
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final List<String> PARTS = List.of("A", "B", "C");
    private static final List<String> HELD = List.of("MAIN", "NORTH", "VAN");
    private static final List<String> BATCHES = List.of("", "X", "Y");
    private Database database;

    /// A process that dies before its commit.
    private static final class Crash extends RuntimeException {
        Crash() {
            super("crash");
        }
    }

    private record Key(String part, String place, String batch) {}

    @BeforeAll
    void open() {
        database = TestDatabase.create("service");
        database.useTransaction(handle -> {
            for (String part : List.of("A", "B", "C", "R")) {
                handle.execute(
                        """
                                INSERT INTO service.part (code, name_zh, name_en, specification, models, class, genuine,
                                    purchase_price, safety_stock, state, created_at)
                                VALUES (?, 'x', 'x', '', '{}', 'core', true, 1, 0, 'active', now())""",
                        part);
                handle.execute(
                        "INSERT INTO service.part_batch (part, batch, created_at) VALUES (?, 'X', now()), (?, 'Y', now())",
                        part, part);
            }
            handle.execute(
                    """
                            INSERT INTO service.stock_location (code, kind, name, created_at)
                            VALUES ('MAIN', 'warehouse', 'x', now()), ('NORTH', 'outlet', 'x', now()), ('VAN', 'van', 'x', now())""");
        });
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    @Tag("R45")
    void whoeverMovesAtTheSameTimeTheSumsMatchAndNothingIsEverNegative() throws Exception {
        ConcurrentLinkedQueue<Movement> committed = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger crashed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(SEED + thread);
                all.add(threads.submit(() -> walk(random, committed, refused, crashed)));
            }
            for (Future<?> one : all) {
                join(one);
            }
        }
        System.out.println("ledger: " + committed.size() + " movements, " + refused + " refused, " + crashed
                + " crashes, seed " + SEED);
        assertThat(committed.size()).as("seed " + SEED).isGreaterThan(OPERATIONS / 3);
        assertThat(refused.get()).as("seed " + SEED).isPositive();
        assertThat(crashed.get()).as("seed " + SEED).isPositive();
        Map<Key, Integer> model = new HashMap<>();
        committed.forEach(movement -> {
            add(model, movement.part(), movement.from(), movement.batch(), -movement.quantity());
            add(model, movement.part(), movement.to(), movement.batch(), movement.quantity());
        });
        assertThat(balances()).as("seed " + SEED + ": what the balances say, beside what was committed")
                .isEqualTo(model);
        assertThat(sums()).as("seed " + SEED + ": what the ledger adds up to").isEqualTo(model);
        assertThat(model.values()).as("seed " + SEED).allMatch(quantity -> quantity > 0);
        assertThat(replayedLow()).as("seed " + SEED + ": never negative on the way").isNotNegative();
    }

    private void walk(Random random, ConcurrentLinkedQueue<Movement> committed, AtomicInteger refused,
            AtomicInteger crashed) {
        List<Movement> own = new ArrayList<>();
        for (int i = 0; i < OPERATIONS / THREADS; i++) {
            boolean crash = random.nextInt(20) == 0;
            try {
                List<Movement> written = database.inTransaction(handle -> {
                    List<Movement> moved = operation(handle, random, own);
                    if (crash) {
                        throw new Crash();
                    }
                    return moved;
                });
                committed.addAll(written);
                own.addAll(written);
            } catch (Problem problem) {
                refused.incrementAndGet();
            } catch (Crash expected) {
                crashed.incrementAndGet();
            }
        }
    }

    private static List<Movement> operation(Handle handle, Random random, List<Movement> own) {
        String place = HELD.get(random.nextInt(HELD.size()));
        String other = HELD.get((HELD.indexOf(place) + 1 + random.nextInt(HELD.size() - 1)) % HELD.size());
        String batch = random.nextInt(3) == 0 ? null : BATCHES.get(random.nextInt(BATCHES.size()));
        int many = 1 + random.nextInt(5);
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> post(handle, posting(random, batch, "supplier", place, many, Reason.RECEIVE));
            case 3 -> post(handle, posting(random, batch, place, other, many, Reason.TRANSFER));
            // several parts in one transaction, in an order of their own
            case 4 -> post(handle, posting(random, batch, place, other, many, Reason.ISSUE),
                    posting(random, batch, other, place, many, Reason.ISSUE));
            case 5 -> post(handle, posting(random, batch, place, "customer", many, Reason.FIT));
            case 6 -> post(handle, posting(random, batch, place, "scrap", many, Reason.SCRAP));
            case 7 -> random.nextBoolean()
                    ? post(handle, posting(random, batch, "count", place, 1, Reason.COUNT))
                    : post(handle, posting(random, batch, place, "count", 1, Reason.COUNT));
            default -> own.isEmpty()
                    ? List.of()
                    : List.of(Ledger.reverse(handle, own.get(random.nextInt(own.size())).id(), "wrong", "t",
                            NOW));
        };
    }

    private static List<Movement> post(Handle handle, Posting... postings) {
        return Ledger.post(handle, List.of(postings), "t", NOW);
    }

    private static Posting posting(Random random, @Nullable String batch, String from, String to, int many,
            Reason reason) {
        return new Posting(PARTS.get(random.nextInt(PARTS.size())), batch, from, to, many, reason, "test");
    }

    @Test
    @Tag("R45")
    void whatIsReservedIsNeverGivenToAnother() throws Exception {
        database.useTransaction(handle -> post(handle,
                new Posting("R", "", "supplier", "NORTH", 10, Reason.RECEIVE, "test")));
        int before = database.inTransaction(handle -> total(handle));
        AtomicInteger won = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < before + 15; i++) {
                all.add(threads.submit(() -> {
                    try {
                        database.useTransaction(handle -> Ledger.reserve(handle, "R", "NORTH", 1,
                                LocalDate.parse("2026-11-02")));
                        won.incrementAndGet();
                    } catch (Problem taken) {
                        assertThat(taken.getMessage()).contains("0 are available");
                    }
                }));
            }
            for (Future<?> one : all) {
                join(one);
            }
        }
        assertThat(won.get()).isEqualTo(before);
        assertThat(catchThrowable(() -> database.useTransaction(handle -> post(handle,
                new Posting("R", null, "NORTH", "customer", 1, Reason.SALE, "test"))))).hasMessageContaining(
                        "are reserved");
        database.useTransaction(handle -> Ledger.release(handle, "R", "NORTH", before));
    }

    private static int total(Handle handle) {
        return handle.createQuery(
                """
                        SELECT coalesce(sum(quantity), 0) FROM service.stock_balance WHERE part = 'R' AND location = 'NORTH'""")
                .mapTo(Integer.class).one();
    }

    private static void join(Future<?> one) throws InterruptedException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + SEED, e.getCause());
        }
    }

    private static void add(Map<Key, Integer> model, String part, String place, String batch, int quantity) {
        if (HELD.contains(place)) {
            model.merge(new Key(part, place, batch), quantity, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    private Map<Key, Integer> balances() {
        return read(
                "SELECT part, location, batch, quantity FROM service.stock_balance WHERE quantity <> 0 AND part <> 'R'");
    }

    private Map<Key, Integer> sums() {
        return read(
                """
                        SELECT part, place, batch, sum(quantity)::int FROM (
                            SELECT part, target AS place, batch, quantity FROM service.stock_movement
                            UNION ALL SELECT part, source, batch, -quantity FROM service.stock_movement) m
                        WHERE place IN ('MAIN', 'NORTH', 'VAN') AND part <> 'R' GROUP BY part, place, batch HAVING sum(quantity) <> 0""");
    }

    private Map<Key, Integer> read(String sql) {
        Map<Key, Integer> found = new HashMap<>();
        database.jdbi().useHandle(handle -> handle.createQuery(sql).map((row, _) -> found.put(
                new Key(row.getString(1), row.getString(2), row.getString(3)), row.getInt(4))).list());
        return found;
    }

    /// The lowest stock of any shelf and batch after any movement, in the order of the ledger of that shelf.
    private int replayedLow() {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT min(level) FROM (SELECT sum(quantity) OVER (PARTITION BY part, place, batch ORDER BY id) AS level
                                            FROM (SELECT id, part, target AS place, batch, quantity FROM service.stock_movement
                                                UNION ALL SELECT id, part, source, batch, -quantity FROM service.stock_movement) m
                                            WHERE place IN ('MAIN', 'NORTH', 'VAN')) l""")
                        .mapTo(Integer.class).one());
    }
}
