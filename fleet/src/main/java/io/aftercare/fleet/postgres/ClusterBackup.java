package io.aftercare.fleet.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies what [EmbeddedPostgres] keeps in a folder, while it runs, into another folder that it can be started on (R72).
public final class ClusterBackup {
    private static final Pattern PORT = Pattern.compile("(?m)^port = '([0-9]+)'$");

    private ClusterBackup() {}

    /// @param folder the folder of a running [EmbeddedPostgres], of this process or another
    /// @param target a folder that is not there yet
    /// @return how many bytes were copied
    /// @throws IOException in one line, also where no server runs there
    public static long make(Path folder, Path target) throws IOException {
        Path cluster = folder.toRealPath().resolve("cluster");
        Optional<ProcessHandle> server = Postmaster.running(cluster);
        if (server.isEmpty()) {
            throw new IOException("No PostgreSQL runs in " + cluster
                    + "; the folder of a backend that is stopped may be copied as it is");
        }
        Matcher port = PORT.matcher(Files.readString(cluster.resolve("aftercare.conf")));
        if (!port.find()) {
            throw new NoSuchFileException(cluster.resolve("aftercare.conf").toString(), null,
                    "names no port");
        }
        String password = Files.readString(folder.resolve("password")).strip();
        Files.createDirectories(target);
        long bytes = ClusterCopy.make(new DatabaseConfig(
                "jdbc:postgresql://127.0.0.1:" + port.group(1) + "/postgres", "aftercare", password), cluster,
                target.resolve("cluster"));
        Files.copy(folder.resolve("password"), target.resolve("password"),
                StandardCopyOption.COPY_ATTRIBUTES);
        return bytes;
    }
}
