package io.aftercare.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database dies, is cut in the middle of a COPY, or can write no more, while devices send. Nothing is acknowledged
/// that is not stored, memory stays bounded, and all goes on by itself when the trouble is over.
class DatabaseTroubleIT {
    private static final int DEVICES = 20;
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(90);
    /// Of the backend's resident memory: its heap has half of it.
    private static final long RESIDENT_KIB_MAX = 1024 * 1024;

    @TempDir
    private static Path folder = Path.of("");
    private static @Nullable BackendProcess running;

    @BeforeAll
    static void start() throws Exception {
        running = BackendProcess.start(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (running != null) {
            running.close();
        }
    }

    @FunctionalInterface
    private interface Trouble {
        /// Makes it, and answers what ends it.
        Runnable make(ProcessHandle postmaster) throws Exception;
    }

    private static void outlived(String told, String devicePrefix, Trouble trouble) throws Exception {
        BackendProcess backend = Objects.requireNonNull(running);
        Path ledger = folder.resolve(devicePrefix + "ledger");
        try (StaffClient admin = StaffClient.admin(backend.http())) {
            List<Credential> devices = Load.register(admin, devicePrefix, DEVICES);
            Load load = Load.start(backend, devices, ledger, DRAIN);
            load.awaitBeyond(0);
            Runnable end = trouble.make(postmaster());
            awaitReadiness(admin, 503, told);
            long during = load.acknowledged();
            end.run();
            awaitReadiness(admin, 200, told);
            load.awaitBeyond(during);
            LoadReport report = load.stop();
            assertThat(report.unacknowledged()).as(told).isZero();
            assertThat(report.lost()).as("%s: connections lost", told).isZero();
            assertThat(residentKib(backend)).as(told).isLessThan(RESIDENT_KIB_MAX);
            Load.assertStoredOnce(admin, ledger, told);
            System.out.printf(
                    "%s: %d messages acknowledged, 0 lost, 0 doubled; slowest answer %.1f s; %d MiB%n",
                    told, report.acknowledged(), report.latency().max() / 1e6, residentKib(backend) / 1024);
        }
    }

    @Test
    void aKilledDatabaseIsStartedAgain() throws Exception {
        outlived("PostgreSQL killed", "DK-", postmaster -> {
            postmaster.destroyForcibly();
            return () -> {
            };
        });
    }

    @Test
    void aConnectionCutInTheMiddleOfItsWork() throws Exception {
        // PostgreSQL ends all its connections when one of its processes is killed, and recovers from its log.
        outlived("a PostgreSQL process killed in mid-COPY", "DC-", postmaster -> {
            ProcessHandle copying = until("a COPY is under way",
                    () -> postmaster.children().filter(child -> title(child).contains("COPY")).findFirst());
            copying.destroyForcibly();
            return () -> {
            };
        });
    }

    @Test
    void aStoppedDatabaseHoldsUpTheDevicesAndNoMore() throws Exception {
        outlived("PostgreSQL not answering", "DS-", postmaster -> {
            List<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
            all.forEach(process -> signal("STOP", process));
            return () -> all.forEach(process -> signal("CONT", process));
        });
    }

    @Test
    void aFullDiskIsWaitedFor() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit"))).as("prlimit, of util-linux").isTrue();
        // No file may grow beyond what PostgreSQL's log segments need: the table's next block is refused.
        outlived("no more disk", "DD-", postmaster -> {
            limitFiles(postmaster, "16777216");
            return () -> limitFiles(postmaster, "unlimited");
        });
    }

    private static void limitFiles(ProcessHandle postmaster, String bytes) {
        Stream.concat(Stream.of(postmaster), postmaster.children())
                .forEach(process -> run("prlimit", "--pid", "" + process.pid(), "--fsize=" + bytes + ":"));
    }

    private static void signal(String name, ProcessHandle process) {
        run("kill", "-" + name, "" + process.pid());
    }

    private static void run(String... command) {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .as(String.join(" ", command))
                    .isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProcessHandle postmaster() throws IOException {
        Path file = folder.resolve("data").resolve("postgres").resolve("cluster").resolve("postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    }

    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return ""; // gone meanwhile
        }
    }

    /// Of all its JVMs: the launcher may have started one of another version.
    private static long residentKib(BackendProcess backend) {
        ProcessHandle self = ProcessHandle.of(backend.pid()).orElseThrow();
        return Stream.concat(Stream.of(self), self.descendants())
                .filter(process -> title(process).contains("aftercare.jar"))
                .mapToLong(DatabaseTroubleIT::residentKib).sum();
    }

    private static long residentKib(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Asking<T> {
        Optional<T> ask() throws IOException, InterruptedException;
    }

    private static void awaitReadiness(StaffClient client, int status, String told)
            throws IOException, InterruptedException {
        until(told + ": readiness says " + status,
                () -> Optional.of(client.get("/health/ready").status()).filter(found -> found == status));
    }

    private static <T> T until(String told, Asking<T> question) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (true) {
            Optional<T> answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            assertThat(System.nanoTime()).as(told).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
