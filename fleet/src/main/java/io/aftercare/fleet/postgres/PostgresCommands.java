package io.aftercare.fleet.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs PostgreSQL's own programs. PostgreSQL refuses to run as root, so root runs them in a user namespace of their own
/// (`unshare -U`), where the same files belong to nobody in particular; where the kernel forbids that (many containers),
/// they run as the user `nobody`, who is then made the owner of the cluster's folder.
final class PostgresCommands {
    private static final int SECONDS_MAX = 120;

    private final Path home;
    private final List<String> prefix;

    PostgresCommands(Path home, Path cluster) throws IOException, InterruptedException {
        this.home = home;
        this.prefix = prefix(cluster);
    }

    /// Runs `program` to its end; its output is the error's text if it fails.
    void run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("aftercare-" + program, ".log");
        try {
            int exit = execute(command, output);
            if (exit != 0) {
                throw new IOException(program + " ended with " + exit + ": "
                        + Files.readString(output, StandardCharsets.UTF_8).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    // The output goes to a file: the server that pg_ctl leaves behind would hold a pipe open for ever.
    private static int execute(List<String> command, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end within " + SECONDS_MAX + " s");
        }
        return process.exitValue();
    }

    private static List<String> prefix(Path cluster) throws IOException, InterruptedException {
        if (new UnixSystem().getUid() != 0) {
            return List.of();
        }
        Path output = Files.createTempFile("aftercare-probe", ".log");
        try {
            if (works(List.of("unshare", "-U", "true"), output)) {
                return List.of("unshare", "-U");
            }
            List<String> nobody = List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
            List<String> probe = new ArrayList<>(nobody);
            probe.add("true");
            if (works(probe, output)) {
                give(cluster);
                return nobody;
            }
        } finally {
            Files.deleteIfExists(output);
        }
        throw new IOException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here; start as"
                        + " another user, or name an outside database with AFTERCARE_DATABASE_URL");
    }

    private static boolean works(List<String> command, Path output) throws InterruptedException {
        try {
            return execute(command, output) == 0;
        } catch (IOException e) {
            return false; // the program is not installed, which is one of the answers
        }
    }

    private static void give(Path cluster) throws IOException {
        Files.createDirectories(cluster);
        UserPrincipal nobody = cluster.getFileSystem().getUserPrincipalLookupService()
                .lookupPrincipalByName("nobody");
        try (Stream<Path> files = Files.walk(cluster)) {
            for (Path file : files.toList()) {
                Files.setOwner(file, nobody);
            }
        }
    }
}
