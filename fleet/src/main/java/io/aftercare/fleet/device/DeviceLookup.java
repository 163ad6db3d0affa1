package io.aftercare.fleet.device;

import io.aftercare.fleet.postgres.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Reads devices that nobody has met yet, many with one query: when a fleet comes back after an outage, every login is such
/// a first look. Whoever comes while [#QUERIES_MAX] queries run waits, and the next query answers all who wait, so that one
/// who comes alone is served at once. Thread-safe; blocks. What it answers was read after it was asked.
final class DeviceLookup {
    private static final int QUERIES_MAX = 2;
    private static final int DEVICES_MAX = 256;

    private final Database database;
    private final ConcurrentLinkedQueue<Question> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore queries = new Semaphore(QUERIES_MAX, true);

    private record Question(DeviceId id, CompletableFuture<Optional<Devices.Known>> answer) {}

    DeviceLookup(Database database) {
        this.database = database;
    }

    Optional<Devices.Known> find(DeviceId id) {
        var mine = new Question(id, new CompletableFuture<>());
        waiting.add(mine);
        queries.acquireUninterruptibly();
        try {
            if (!mine.answer().isDone()) {
                answer(take());
            }
        } finally {
            queries.release();
        }
        try {
            return mine.answer().join();
        } catch (CompletionException e) {
            // As the database said it: who asks tells one trouble from another by its type.
            throw e.getCause() instanceof RuntimeException trouble ? trouble : e;
        }
    }

    private List<Question> take() {
        List<Question> some = new ArrayList<>();
        while (some.size() < DEVICES_MAX) {
            Question next = waiting.poll();
            if (next == null) {
                break;
            }
            some.add(next);
        }
        return some;
    }

    private void answer(List<Question> questions) {
        if (questions.isEmpty()) {
            return; // another query has mine
        }
        try {
            Map<DeviceId, Devices.Known> found = read(questions.stream().map(Question::id).toList());
            questions.forEach(one -> one.answer().complete(Optional.ofNullable(found.get(one.id()))));
        } catch (RuntimeException e) {
            questions.forEach(one -> one.answer().completeExceptionally(e));
        }
    }

    private Map<DeviceId, Devices.Known> read(List<DeviceId> ids) {
        Map<DeviceId, Devices.Known> found = new HashMap<>();
        database.jdbi().useHandle(handle -> handle
                .createQuery("SELECT " + Devices.COLUMNS + " FROM fleet.device WHERE id = ANY(:ids)")
                .bindArray("ids", String.class, ids.stream().map(DeviceId::value).toList())
                .map((row, _) -> Devices.map(row))
                .forEach(known -> found.put(known.device().id(), known)));
        return found;
    }
}
