package io.aftercare.server;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.DatabaseConfig;
import io.aftercare.fleet.postgres.DatabaseUnavailable;
import io.aftercare.fleet.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database, brought up to date: the embedded one, kept in the data directory, or the one that the settings name.
final class Storage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    /// One schema a module; a later one may refer to `fleet`, and to nothing else.
    private static final List<String> SCHEMAS = List.of("fleet", "ingest", "diagnostics", "remote", "service",
            "ota");
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(10);
    private static final int CONNECTIONS_MAX = 24;

    private final @Nullable EmbeddedPostgres embedded;
    private final Database database;

    private Storage(@Nullable EmbeddedPostgres embedded, Database database) {
        this.embedded = embedded;
        this.database = database;
    }

    static Storage open(Optional<DatabaseConfig> outside, Path dataDirectory) {
        EmbeddedPostgres embedded = outside.isPresent()
                ? null
                : startEmbedded(dataDirectory.resolve("postgres"));
        DatabaseConfig config = embedded == null ? outside.orElseThrow() : embedded.config();
        Storage storage = new Storage(embedded, Database.open(config, CONNECTIONS_MAX));
        try {
            storage.awaitServer(config);
            storage.database.migrate(SCHEMAS);
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static EmbeddedPostgres startEmbedded(Path folder) {
        try {
            return EmbeddedPostgres.start(folder, folder.resolve("programs"), Map.of());
        } catch (IOException e) {
            throw new StartupException(
                    "The embedded PostgreSQL in " + folder + " does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while the embedded PostgreSQL started");
        }
    }

    private void awaitServer(DatabaseConfig config) {
        try {
            database.awaitReady(REACHED_WITHIN);
        } catch (DatabaseUnavailable e) {
            throw new StartupException(Setting.DATABASE_URL.variable() + "=" + config.withoutSecrets() + ": "
                    + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted while waiting for " + config.user() + "'s database");
        }
        // The telemetry's tables are laid out by it, so it is made before the migrations where it is to be had.
        if (database.hasTimescale()) {
            LOG.info("TimescaleDB keeps the telemetry");
        }
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
