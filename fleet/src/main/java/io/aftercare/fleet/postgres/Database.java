package io.aftercare.fleet.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/// The pool of connections and the way to use it: every store method is one transaction. Thread-safe; calls block, so they
/// belong on virtual threads or on a lane's own thread.
public final class Database implements AutoCloseable {
    private static final Duration BORROW_MAX = Duration.ofSeconds(10);

    private final DatabaseConfig config;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private volatile @Nullable Boolean timescale;

    private Database(DatabaseConfig config, HikariDataSource pool) {
        this.config = config;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        jdbi.registerColumnMapper(new JsonColumn());
        jdbi.registerArgument(new JsonArgument());
        jdbi.registerArgument(new DeviceIdArgument());
    }

    /// Opens the pool; does not wait for the server.
    ///
    /// @param connectionsMax bound of the pool
    public static Database open(DatabaseConfig config, int connectionsMax) {
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(connectionsMax);
        hikari.setMinimumIdle(Math.min(2, connectionsMax));
        hikari.setConnectionTimeout(BORROW_MAX.toMillis());
        hikari.setInitializationFailTimeout(-1);
        hikari.setPoolName("aftercare");
        hikari.addDataSourceProperty("ApplicationName", "aftercare");
        hikari.addDataSourceProperty("reWriteBatchedInserts", "true");
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        return new Database(config, new HikariDataSource(hikari));
    }

    /// Waits until the server takes connections; at once where it refuses this user or database for good.
    ///
    /// @param patience how long it may take to start
    /// @throws DatabaseUnavailable in one line: which URL, why not, what to do
    public void awaitReady(Duration patience) throws InterruptedException {
        Readiness.await(config, patience);
    }

    /// Whether the TimescaleDB extension is there to be used; made in this database at the first question where the server
    /// offers it and this user may. The answer is kept.
    public boolean hasTimescale() {
        Boolean known = timescale;
        if (known == null) {
            known = Timescale.make(jdbi);
            timescale = known;
        }
        return known;
    }

    /// Brings each schema up to date, in the order given: the migrations of schema `x` lie in `db/x` on the class path.
    public void migrate(List<String> schemas) {
        for (String schema : schemas) {
            Flyway.configure(Database.class.getClassLoader()).dataSource(pool).schemas(schema)
                    .defaultSchema(schema).locations("classpath:db/" + schema).load().migrate();
        }
    }

    /// Runs `work` in a transaction, committed when it returns, rolled back when it throws.
    public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        return jdbi.inTransaction(work);
    }

    /// Reads what several statements ask for as of one moment. Not for writing: what it would go on from may have changed since.
    public <T, X extends Exception> T inSnapshot(HandleCallback<T, X> work) throws X {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            handle.setReadOnly(true);
            return work.withHandle(handle);
        });
    }

    /// As [#inTransaction], without a result.
    public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
        jdbi.useTransaction(work);
    }

    /// Whether the server answers within two seconds.
    public boolean answers() {
        try (Handle handle = jdbi.open()) {
            return handle.getConnection().isValid(2);
        } catch (SQLException | JdbiException e) {
            return false; // "no" is the answer that the caller asked for
        }
    }

    public DatabaseConfig config() {
        return config;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
