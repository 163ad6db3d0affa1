package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The restore plan of `docs/operations.md`, carried out: a backup is made while the backend runs, another backend starts on it, and
/// what it has is compared.
class BackupIT {
    @TempDir
    private Path folder = Path.of("");

    private record Ended(int exit, String output) {}

    @Test
    @Tag("R72")
    void aBackupOfARunningBackendStartsAndHasWhatTheBackendHad() throws Exception {
        Path data = folder.resolve("data");
        Path backups = folder.resolve("backups");
        Path log = data.resolve("remote/logs/l0");
        Path artifact = data.resolve("artifacts/sha256/00/00ff");
        String ticket;
        try (BackendProcess backend = BackendProcess.start(data, Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            admin.register("LP-2000", "SN-1");
            ticket = admin
                    .post("/api/v1/tickets", Map.of("device", "SN-1", "title", "纸张卡住", "channel", "phone"))
                    .expect(201).get("id").asText();
            Files.createDirectories(artifact.getParent());
            Files.writeString(artifact, "firmware");
            Files.createDirectories(log.getParent());
            Files.writeString(log, "{}");
            Ended made = backup("--data", data.toString(), "--to", backups.toString(), "--keep", "1");
            assertThat(made.exit()).as(made.output()).isZero();
            Path first = only(backups);
            assertThat(made.output()).contains(first.toString());
            admin.post("/api/v1/tickets/" + ticket + "/transitions", Map.of("to", "in-progress")).expect(200);
            awaitNextSecond(first);
            Ended again = backup("--data", data.toString(), "--to", backups.toString(), "--keep", "1");
            assertThat(again.output()).contains("removed 1 older");
            assertThat(first).doesNotExist();
        }
        Path restored = only(backups);
        // Looked at before it runs: a backend sweeps files that no row knows of.
        assertThat(restored.resolve("remote/logs/l0")).hasContent("{}");
        try (BackendProcess backend = BackendProcess.start(restored, Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            assertThat(admin.get("/api/v1/tickets/" + ticket).expect(200).get("title").asText())
                    .isEqualTo("纸张卡住");
            assertThat(admin.get("/api/v1/tickets/" + ticket).expect(200).get("state").asText())
                    .isEqualTo("in-progress");
            assertThat(admin.get("/api/v1/devices/SN-1").expect(200).get("model").asText())
                    .isEqualTo("LP-2000");
            assertThat(admin.get("/api/v1/audit/verify").expect(200).get("intact").asBoolean()).isTrue();
            assertThat(restored.resolve("artifacts/sha256/00/00ff")).hasContent("firmware");
            assertThat(admin
                    .post("/api/v1/tickets", Map.of("device", "SN-1", "title", "Next", "channel", "phone"))
                    .expect(201).get("id").asLong()).isGreaterThan(Long.parseLong(ticket));
        }
    }

    @Test
    @Tag("R72")
    void whereNoBackendRunsItSaysSoAndLeavesNothingBehind() throws Exception {
        Files.createDirectories(folder.resolve("data/postgres/cluster"));
        Ended refused = backup("--data", folder.resolve("data").toString(), "--to",
                folder.resolve("b").toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.output()).contains("No backup was made").contains("may be copied as it is");
        try (Stream<Path> left = Files.list(folder.resolve("b"))) {
            assertThat(left).isEmpty();
        }
    }

    // The second backup needs another name, which has seconds.
    private static void awaitNextSecond(Path first) throws IOException {
        long made = Files.getLastModifiedTime(first).toMillis();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.currentTimeMillis() / 1000 <= made / 1000) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Ended backup(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(BackendProcess.java(), "-jar", BackendProcess.jar().toString(), "backup"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(Path.of("target"), "backup", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(Files.readString(output)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private static Path only(Path backups) throws IOException {
        try (Stream<Path> all = Files.list(backups)) {
            List<Path> found = all.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
