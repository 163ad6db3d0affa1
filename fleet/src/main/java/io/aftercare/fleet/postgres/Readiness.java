package io.aftercare.fleet.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for a PostgreSQL that may still be starting, and tells apart what waiting mends (refused, starting) from what it
/// does not (a wrong password, no such database).
final class Readiness {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int CONNECT_SECONDS = 5;

    private Readiness() {}

    static void await(DatabaseConfig config, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Connection connection = connect(config)) {
                requireVersion(config, connection);
                return;
            } catch (SQLException e) {
                if (isLasting(e) || System.nanoTime() > end) {
                    throw new DatabaseUnavailable(message(config, patience, e), e);
                }
            }
            var _ = new Semaphore(0).tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Connection connect(DatabaseConfig config) throws SQLException {
        String url = config.url() + (config.url().contains("?") ? "&" : "?") + "loginTimeout="
                + CONNECT_SECONDS
                + "&connectTimeout=" + CONNECT_SECONDS;
        return DriverManager.getConnection(url, config.user(), config.password());
    }

    private static void requireVersion(DatabaseConfig config, Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < 15) {
            throw new DatabaseUnavailable("PostgreSQL at " + config.withoutSecrets() + " has version " + major
                    + "; 15 or later is needed", new SQLException("too old"));
        }
    }

    // 28: authorisation, 3D: no such database, 42501: not allowed; the server answered, and will answer so again.
    private static boolean isLasting(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("28") || state.startsWith("3D") || state.equals("42501");
    }

    private static String message(DatabaseConfig config, Duration patience, SQLException failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
        String remedy = isLasting(failure)
                ? "check AFTERCARE_DATABASE_URL, AFTERCARE_DATABASE_USER and AFTERCARE_DATABASE_PASSWORD"
                : "start it, or correct AFTERCARE_DATABASE_URL (unset: an embedded PostgreSQL)";
        String when = isLasting(failure)
                ? " refuses user " + config.user()
                : " did not answer within " + patience.toSeconds() + " s";
        return "PostgreSQL at " + config.withoutSecrets() + when + " (" + reason + "): " + remedy;
    }
}
