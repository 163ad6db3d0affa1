package io.aftercare.benchmarks.peer;

import io.aftercare.benchmarks.machine.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The embedded PostgreSQL of a backend that runs, reached past the backend: to count what is stored, and to load rows by
/// COPY beside it.
public final class Postgres {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final String USER = "aftercare";

    private final String url;
    private final String password;
    private final ProcessTree processes;

    private Postgres(String url, String password, ProcessTree processes) {
        this.url = url;
        this.password = password;
        this.processes = processes;
    }

    /// @param folder where the backend keeps its cluster and the cluster's password
    public static Postgres of(Path folder) throws IOException {
        // PostgreSQL's manual, "Creating a Database Cluster", names the lines of this file.
        List<String> pidFile = Files.readAllLines(folder.resolve("cluster/postmaster.pid"));
        long pid = Long.parseLong(pidFile.get(PID_LINE).strip());
        String url = "jdbc:postgresql://127.0.0.1:" + pidFile.get(PORT_LINE).strip() + "/postgres";
        return new Postgres(url, Files.readString(folder.resolve("password")).strip(), new ProcessTree(pid));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, USER, password);
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// The one number that `sql` answers.
    public long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Rows of telemetry that are stored.
    public long samples() throws SQLException {
        return number("SELECT count(*) FROM ingest.sample");
    }

    /// Writes out what earlier work left in memory, so that a phase does not pay for the one before.
    public void checkpoint() throws SQLException {
        execute("CHECKPOINT");
    }

    public ProcessTree processes() {
        return processes;
    }
}
