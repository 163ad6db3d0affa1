package io.aftercare.fleet.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real PostgreSQL for integration tests: one server for each test JVM, stopped with it, and a database of its own for
/// every [#create].
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ConcurrentHashMap<List<String>, DatabaseConfig> TEMPLATES = new ConcurrentHashMap<>();

    private TestDatabase() {}

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("aftercare-test");
                // fsync off: a test's database need not survive the machine
                EmbeddedPostgres server = EmbeddedPostgres.start(folder, binaries(), Map.of("fsync", "off",
                        "max_wal_size", "512MB", "shared_buffers", "64MB", "logging_collector", "off"));
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> stop(server, folder), "test-postgres-stop"));
                return server;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void stop(EmbeddedPostgres server, Path folder) {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where tests unpack PostgreSQL's programs, once for all modules.
    public static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"),
                "aftercare-postgres-" + System.getProperty("user.name"));
    }

    /// How to reach a new, empty database.
    public static DatabaseConfig empty() {
        return copy("template1");
    }

    /// How to reach a new database that has all that the database of `original` has; nobody may be connected to that one.
    public static DatabaseConfig copyOf(DatabaseConfig original) {
        return copy(original.url().substring(original.url().lastIndexOf('/') + 1));
    }

    /// A new database with the migrations of `fleet` and of these schemas. They run once for all tests that want the same.
    public static Database create(String... schemas) {
        DatabaseConfig template = TEMPLATES.computeIfAbsent(List.of(schemas), TestDatabase::migrated);
        return Database.open(copyOf(template), 10);
    }

    private static DatabaseConfig migrated(List<String> schemas) {
        DatabaseConfig config = empty();
        try (Database database = Database.open(config, 2)) {
            database.migrate(List.of("fleet"));
            database.migrate(schemas);
        }
        return config;
    }

    private static DatabaseConfig copy(String template) {
        DatabaseConfig server = Server.INSTANCE.config();
        String name = "test_" + COUNT.incrementAndGet();
        try (Database admin = Database.open(server, 1)) {
            admin.jdbi()
                    .useHandle(handle -> handle.execute("CREATE DATABASE " + name + " TEMPLATE " + template));
        }
        return new DatabaseConfig(server.url().replace("/postgres", "/" + name), server.user(),
                server.password());
    }
}
