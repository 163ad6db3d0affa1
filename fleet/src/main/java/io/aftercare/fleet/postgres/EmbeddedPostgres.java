package io.aftercare.fleet.postgres;

import io.aftercare.fleet.background.BackgroundLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL that belongs to this backend: its cluster lies in a folder, it listens on loopback alone, and its
/// password is made at first start and kept beside it, readable by its owner only.
///
/// The caller holds the folder for itself (one backend a folder). A server that an earlier backend left behind when it
/// was killed is stopped cleanly first; a cluster that died with it recovers from its write-ahead log. A server that dies
/// while the backend runs is started again, at the same port.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "aftercare";
    private static final String SETTINGS = "aftercare.conf";
    private static final int START_ATTEMPTS_MAX = 5;

    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

    private final PostgresCommands commands;
    private final Path cluster;
    private final DatabaseConfig config;
    private final BackgroundLoop watch = BackgroundLoop.every(WATCH_EVERY, "postgres-watch", this::revive);

    private EmbeddedPostgres(PostgresCommands commands, Path cluster, DatabaseConfig config) {
        this.commands = commands;
        this.cluster = cluster;
        this.config = config;
    }

    /// Starts the server of `folder`, making the cluster at first use.
    ///
    /// @param folder   the cluster, its password and its log go below it
    /// @param binaries where PostgreSQL's programs are unpacked; may be shared by many clusters
    /// @param settings PostgreSQL's own settings by name, beside the defaults
    public static EmbeddedPostgres start(Path folder, Path binaries, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(folder, binaries, settings, PostgresUser.find());
    }

    static EmbeddedPostgres start(Path folder, Path binaries, Map<String, String> settings, PostgresUser user)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("cluster"));
        Path base = folder.toRealPath(); // one name, by which a server left behind is known again
        Path cluster = base.resolve("cluster");
        var commands = new PostgresCommands(PostgresBinaries.in(binaries.toAbsolutePath()), user);
        String password = password(base.resolve("password"));
        if (!Files.exists(cluster.resolve(SETTINGS))) {
            create(commands, cluster, password);
        }
        stopOrphan(commands, cluster);
        int port = boot(commands, cluster, settings);
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        var postgres = new EmbeddedPostgres(commands, cluster, new DatabaseConfig(url, USER, password));
        postgres.watch.start();
        return postgres;
    }

    // More than once, because the free port may be taken meanwhile, and the last breaths of a killed server's children
    // still hold its shared memory.
    private static int boot(PostgresCommands commands, Path cluster, Map<String, String> settings)
            throws IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            int port = freePort();
            Files.writeString(cluster.resolve(SETTINGS), settingsFile(port, settings));
            commands.user().own(cluster);
            try {
                launch(commands, cluster);
                return port;
            } catch (IOException e) {
                if (attempt == START_ATTEMPTS_MAX) {
                    throw e;
                }
                LOG.warn("Trying again: {}", e.getMessage());
                var _ = new Semaphore(0).tryAcquire(1, TimeUnit.SECONDS);
            }
        }
    }

    private static void launch(PostgresCommands commands, Path cluster)
            throws IOException, InterruptedException {
        Path log = cluster.resolve("start.log");
        Files.writeString(log, "");
        commands.user().own(log);
        try {
            commands.run("pg_ctl",
                    List.of("start", "-w", "-t", "600", "-D", cluster.toString(), "-l", log.toString()));
        } catch (IOException e) {
            throw new IOException("The embedded PostgreSQL of " + cluster + " does not start: "
                    + Files.readString(log, StandardCharsets.UTF_8).strip(), e);
        }
    }

    /// Starts a server that died, from its write-ahead log. The last breaths of its children may still hold its memory:
    /// then it fails, and is tried again.
    private void revive() throws InterruptedException {
        try {
            if (Postmaster.running(cluster).isEmpty()) {
                LOG.error("The embedded PostgreSQL has died; starting it again");
                launch(commands, cluster);
                LOG.info("The embedded PostgreSQL runs again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How to connect to it.
    public DatabaseConfig config() {
        return config;
    }

    /// Stops the server after its transactions in flight were rolled back; returns when it is gone.
    @Override
    public void close() {
        watch.close();
        try {
            stop(commands, cluster);
        } catch (IOException e) {
            LOG.error("The embedded PostgreSQL did not stop; the next start will stop it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void create(PostgresCommands commands, Path cluster, String password)
            throws IOException, InterruptedException {
        if (Files.exists(cluster.resolve("PG_VERSION"))) {
            throw new IOException(
                    cluster + " holds a cluster whose making was cut short; move it away, start again");
        }
        LOG.info("Making a PostgreSQL cluster in {}", cluster);
        Path passwordFile = Files.createTempFile("aftercare-initdb", ".password");
        try {
            Files.writeString(passwordFile, password + "\n");
            commands.user().own(passwordFile);
            commands.user().own(cluster);
            commands.run("initdb",
                    List.of("-D", cluster.toString(), "-U", USER, "-E", "UTF8", "--locale-provider=builtin",
                            "--locale=C.UTF-8", "-A", "scram-sha-256", "--pwfile", passwordFile.toString(),
                            "--no-instructions"));
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(cluster.resolve("postgresql.conf"), "\ninclude '" + SETTINGS + "'\n",
                StandardOpenOption.APPEND);
        // Last, because its presence says that the cluster is whole.
        Files.writeString(cluster.resolve(SETTINGS), "");
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path aside = file.resolveSibling("password.new");
            Files.deleteIfExists(aside);
            Files.createFile(aside,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, HexFormat.of().formatHex(random) + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    private static void stopOrphan(PostgresCommands commands, Path cluster)
            throws IOException, InterruptedException {
        Optional<ProcessHandle> orphan = Postmaster.running(cluster);
        if (orphan.isPresent()) {
            LOG.warn("Stopping PostgreSQL {}, which an earlier backend left behind", orphan.get().pid());
            stop(commands, cluster);
        } else {
            // Stale: PostgreSQL itself would take any program that has its number by now for itself.
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    private static void stop(PostgresCommands commands, Path cluster)
            throws IOException, InterruptedException {
        commands.run("pg_ctl", List.of("stop", "-w", "-t", "60", "-m", "fast", "-D", cluster.toString()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String settingsFile(int port, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.ofEntries(Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""), Map.entry("max_connections", "64"),
                Map.entry("shared_buffers", "256MB"), Map.entry("max_wal_size", "4GB"),
                Map.entry("checkpoint_timeout", "15min"), Map.entry("synchronous_commit", "on"),
                Map.entry("jit", "off"), Map.entry("logging_collector", "on"),
                Map.entry("log_filename", "postgresql-%a.log"), Map.entry("log_truncate_on_rotation", "on"),
                Map.entry("log_rotation_size", "0")));
        all.putAll(settings);
        all.put("port", Integer.toString(port));
        StringBuilder text = new StringBuilder("# Written at every start of the backend\n");
        all.forEach((name, value) -> text.append(name).append(" = '").append(value.replace("'", "''"))
                .append("'\n"));
        return text.toString();
    }
}
