package io.aftercare.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A copy made while rows are written has every row that was committed before it began, none twice, and no hole.
class ClusterBackupIT {
    private static final int BEFORE = 2_000;

    @TempDir
    Path folder;

    @Test
    @Tag("R72")
    void aCopyOfABusyClusterStartsAndHasWhatWasCommitted() throws Exception {
        Path data = folder.resolve("data");
        Path programs = folder.resolve("programs");
        Path copy = folder.resolve("copy");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, programs, Map.of());
                Database database = Database.open(postgres.config(), 4)) {
            database.jdbi().useHandle(handle -> {
                handle.execute("CREATE TABLE entry (n int PRIMARY KEY, filler text NOT NULL)");
                handle.execute("INSERT INTO entry SELECT n, repeat('x', 500) FROM generate_series(1, ?) n",
                        BEFORE);
            });
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger(BEFORE);
            CountDownLatch busy = new CountDownLatch(50);
            Thread writer = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    database.jdbi().useHandle(handle -> handle.execute(
                            "INSERT INTO entry VALUES (?, repeat('y', 500))", written.get() + 1));
                    written.incrementAndGet();
                    busy.countDown();
                }
            });
            busy.await();
            int committed = written.get();
            assertThat(ClusterBackup.make(data, copy)).isGreaterThan(1 << 20);
            stop.set(true);
            writer.join();
            assertThat(written.get()).as("it was written while copying").isGreaterThan(committed);
            List<Integer> restored = restored(copy, programs);
            assertThat(restored).hasSizeBetween(committed, written.get());
            for (int i = 0; i < restored.size(); i++) {
                assertThat(restored.get(i)).isEqualTo(i + 1);
            }
        }
        assertThatThrownBy(() -> ClusterBackup.make(data, folder.resolve("other")))
                .hasMessageContaining("may be copied as it is");
    }

    private static List<Integer> restored(Path copy, Path programs) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(copy, programs, Map.of());
                Database database = Database.open(postgres.config(), 2)) {
            return database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT n FROM entry WHERE length(filler) = 500 ORDER BY n")
                    .mapTo(Integer.class)
                    .list());
        }
    }
}
