package io.aftercare.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final Map<String, String> QUIET = Map.of("logging_collector", "off");

    @TempDir
    static Path temporary;

    @BeforeAll
    static void makeOneCluster() throws Exception {
        start("template").close();
    }

    @Test
    void keepsItsDataAcrossARestart() throws Exception {
        copy("restarted");
        try (EmbeddedPostgres first = start("restarted")) {
            execute(first, "CREATE TABLE kept (n int)");
            execute(first, "INSERT INTO kept VALUES (1)");
        }
        try (EmbeddedPostgres second = start("restarted")) {
            assertThat(rows(second)).isEqualTo(1);
        }
    }

    @Test
    void aServerThatDiesIsStartedAgainAtTheSamePort() throws Exception {
        copy("revived");
        try (EmbeddedPostgres postgres = start("revived")) {
            execute(postgres, "CREATE TABLE kept (n int)");
            execute(postgres, "INSERT INTO kept VALUES (1)");
            Postmaster.running(cluster("revived")).orElseThrow().destroyForcibly();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!answers(postgres)) {
                assertThat(System.nanoTime()).as("it comes back").isLessThan(deadline);
                LockSupport.parkNanos(20_000_000);
            }
            assertThat(rows(postgres)).isEqualTo(1);
        }
        assertThat(Postmaster.running(cluster("revived"))).isEmpty();
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try {
            return rows(postgres) == 1;
        } catch (SQLException e) {
            return false; // away, or still recovering
        }
    }

    @Test
    void aServerThatAKilledBackendLeftBehindIsStoppedAndItsDataKept() throws Exception {
        copy("orphaned");
        ChildBackend child = ChildBackend.start(List.of(), ChildBackend.classPath(),
                temporary.resolve("orphaned"));
        child.kill();
        ProcessHandle orphan = Postmaster.running(cluster("orphaned")).orElseThrow();
        assertThat(orphan.isAlive()).isTrue();
        try (EmbeddedPostgres next = start("orphaned")) {
            assertThat(Postmaster.running(cluster("orphaned")).orElseThrow().pid())
                    .isNotEqualTo(orphan.pid());
            assertThat(rows(next)).isEqualTo(1);
        }
    }

    @Test
    void recoversWhenBackendAndServerWereBothKilled() throws Exception {
        copy("killed");
        ChildBackend child = ChildBackend.start(List.of(), ChildBackend.classPath(),
                temporary.resolve("killed"));
        ProcessHandle server = Postmaster.running(cluster("killed")).orElseThrow();
        child.kill();
        server.destroyForcibly();
        server.onExit().get();
        try (EmbeddedPostgres next = start("killed")) {
            assertThat(rows(next)).isEqualTo(1);
        }
    }

    @Test
    void aStalePidFileStopsNeitherThisStartNorTheProgramThatHasItsNumber() throws Exception {
        copy("stale");
        copy("neighbour");
        Path pidFile = cluster("stale").resolve("postmaster.pid");
        try (EmbeddedPostgres neighbour = start("neighbour")) {
            execute(neighbour, "CREATE TABLE kept (n int)");
            Files.copy(cluster("neighbour").resolve("postmaster.pid"), pidFile);
            start("stale").close();
            Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
            start("stale").close();
            Files.writeString(pidFile, "");
            start("stale").close();
            assertThat(rows(neighbour)).isZero();
        }
    }

    @Test
    void runsAsAnotherUserThanRoot() throws Exception {
        assumeTrue(isRoot(), "only root can become another user; the other tests ran as one then");
        Path home = temporary.resolve("of-nobody");
        Files.createDirectories(home);
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        open(temporary);
        String classPath = ChildBackend.copyOfClassPath(classes);
        PostgresUser.NOBODY.own(home);
        ChildBackend child = ChildBackend.start(PostgresUser.NOBODY.prefix(), classPath, home);
        assertThat(Postmaster.running(home.resolve("cluster")).orElseThrow().info().user())
                .hasValue("nobody");
        child.stop();
        assertThat(Postmaster.running(home.resolve("cluster"))).isEmpty();
    }

    @Test
    void rootWithoutUserNamespacesRunsItAsNobodyEvenBelowAFolderThatIsClosedToOthers() throws Exception {
        assumeTrue(isRoot(), "concerns root alone");
        Path closed = Files.createDirectories(temporary.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (EmbeddedPostgres passing = EmbeddedPostgres.start(closed.resolve("data"),
                TestDatabase.binaries(), QUIET,
                PostgresUser.NOBODY_PASSING)) {
            execute(passing, "CREATE TABLE kept (n int)");
        }
        open(temporary);
        open(closed);
        open(closed.resolve("data"));
        try (EmbeddedPostgres plain = EmbeddedPostgres.start(closed.resolve("data"), TestDatabase.binaries(),
                QUIET,
                PostgresUser.NOBODY)) {
            assertThat(rows(plain)).isZero();
        }
        try (EmbeddedPostgres back = EmbeddedPostgres.start(closed.resolve("data"), TestDatabase.binaries(),
                QUIET)) {
            assertThat(rows(back)).isZero();
        }
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static void open(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path cluster(String name) {
        return temporary.resolve(name).resolve("cluster");
    }

    private static EmbeddedPostgres start(String name) throws Exception {
        return EmbeddedPostgres.start(temporary.resolve(name), TestDatabase.binaries(), QUIET);
    }

    // Copying a new cluster is much faster than making one.
    private static void copy(String name) throws Exception {
        Process copy = new ProcessBuilder("cp", "-a", temporary.resolve("template").toString(),
                temporary.resolve(name).toString()).inheritIO().start();
        assertThat(copy.waitFor()).isZero();
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        DatabaseConfig config = server.config();
        try (var connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rows(EmbeddedPostgres server) throws SQLException {
        DatabaseConfig config = server.config();
        try (var connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
