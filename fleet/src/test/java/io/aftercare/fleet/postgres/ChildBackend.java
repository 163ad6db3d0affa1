package io.aftercare.fleet.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// A process of its own that starts an embedded PostgreSQL, commits a row, says so, and waits to be killed.
final class ChildBackend {
    private final Process process;

    private ChildBackend(Process process) {
        this.process = process;
    }

    /// @param prefix what stands before the java command, such as setpriv
    static ChildBackend start(List<String> prefix, String classPath, Path folder)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-cp", classPath, ChildBackend.class.getName(), folder.toString(),
                TestDatabase.binaries().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !"committed".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("The child ended with " + process.waitFor() + ": " + said);
            }
            said.append(line).append('\n');
        }
        return new ChildBackend(process);
    }

    /// The class path of the tests, however surefire passes it.
    static String classPath() {
        String real = System.getProperty("surefire.test.class.path");
        return real != null ? real : System.getProperty("java.class.path");
    }

    /// What the child needs of the class path, copied to where every user may read it.
    static String copyOfClassPath(Path target) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            if (Files.isDirectory(source)) {
                Path copy = target.resolve("classes" + copies.size());
                copyFolder(source, copy);
                copies.add(copy.toString());
            } else if (source.toString()
                    .matches(".*(fleet-|slf4j|logback|compress|commons|xz|postgresql-).*")) {
                Path copy = target.resolve(Objects.requireNonNull(source.getFileName()));
                Files.copy(source, copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copyFolder(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
    }

    /// As `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// As SIGTERM.
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /// The child itself; its end stops its PostgreSQL too.
    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]),
                Map.of("logging_collector", "off"));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        DatabaseConfig config = postgres.config();
        try (var connection = DriverManager.getConnection(config.url(), config.user(),
                config.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (n int)");
            statement.execute("INSERT INTO kept VALUES (1)");
        }
        System.out.println("committed");
        new CountDownLatch(1).await();
    }
}
