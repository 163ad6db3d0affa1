package io.aftercare.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LedgerContents;
import io.aftercare.simulator.load.LoadGenerator;
import io.aftercare.simulator.load.LoadOptions;
import io.aftercare.simulator.load.LoadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise: nothing acknowledged is lost, nothing is stored twice, whenever the backend is killed. `-Dkill.rounds=20`
/// gives the longer form, `-Dkill.seed=` repeats one.
class KillUnderLoadIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 5);
    private static final int DEVICES = 20;
    private static final String MODEL = "LOAD-1";
    /// Every value is above it, so each device raises one fault.
    private static final String RULE = """
            id: always
            title: Always
            applies_to: { model: [LOAD-1] }
            fault: { code: ALWAYS, severity: major }
            when: 'm0 > -1000000.0'
            clear_when: 'm0 < -1000000.0'
            ticket: { open: true, priority: P3 }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void killedAtRandomMomentsItLosesNothingAndDoublesNothing() throws Exception {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Credential> devices = register();
        long acknowledged = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            Path ledger = folder.resolve("ledger-" + round);
            killUnderLoad(devices, ledger, 200 + random.nextInt(1500));
            LedgerContents contents = LedgerContents.read(ledger);
            acknowledged += contents.acknowledged();
            String told = "seed " + seed + ", round " + round;
            assertThat(contents.acknowledged()).as("the load ran, " + told).isPositive();
            resendAndCompare(devices, ledger, told);
        }
        System.out.printf("kill -9: %d rounds, %d messages acknowledged, 0 lost, 0 doubled (seed %d)%n",
                ROUNDS,
                acknowledged, seed);
    }

    private List<Credential> register() throws Exception {
        List<Credential> devices = new ArrayList<>();
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            for (int i = 0; i < DEVICES; i++) {
                String id = "K-" + i;
                devices.add(new Credential(id, MODEL, admin.register(MODEL, id)));
            }
            assertThat(admin.put("/api/v1/rules/always", "application/yaml", RULE).status()).isIn(200, 201);
        }
        return devices;
    }

    private void killUnderLoad(List<Credential> devices, Path ledger, int afterMillis) throws Exception {
        BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
        LoadGenerator generator = new LoadGenerator(
                LoadOptions.of("127.0.0.1", backend.mqttPort(), devices).until(Duration.ofSeconds(60), 0)
                        .rate(20_000).drain(Duration.ofSeconds(1)).ledger(ledger));
        AtomicLong known = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<LoadReport> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return generator.run((_, acknowledged) -> known.set(acknowledged));
                } catch (java.io.IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, threads);
            while (known.get() == 0 && !run.isDone()) {
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(afterMillis * 1_000_000L); // the random moment, not a wait for something
            backend.kill();
            generator.stop();
            run.join();
        }
    }

    private void resendAndCompare(List<Credential> devices, Path ledger, String told) throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            LoadReport resent = new LoadGenerator(
                    LoadOptions.of("127.0.0.1", backend.mqttPort(), devices).resend(ledger)).run();
            assertThat(resent.unacknowledged()).as(told).isZero();
            LedgerContents contents = LedgerContents.read(ledger);
            for (LedgerContents.Device device : contents.devices()) {
                long[] sent = device.sent().toArray();
                if (sent.length == 0) {
                    continue;
                }
                assertThat(stored(admin, device.id(), sent[0], sent[sent.length - 1]))
                        .as("%s of %s", told, device.id()).containsExactly(sent);
            }
            JsonNode faults = admin.await("/api/v1/faults?code=ALWAYS&limit=1000",
                    page -> page.get("items").size() == DEVICES
                            && page.get("items").findValues("ticket").size() == DEVICES);
            assertThat(faults.get("items").findValuesAsText("device")).as(told).doesNotHaveDuplicates();
            JsonNode tickets = admin.get("/api/v1/tickets?limit=1000").expect(200);
            assertThat(tickets.get("items").findValuesAsText("device")).as(told).hasSize(DEVICES)
                    .doesNotHaveDuplicates();
        }
    }

    private static long[] stored(StaffClient admin, String device, long first, long last) throws Exception {
        JsonNode answer = admin.get("/api/v1/devices/" + device + "/telemetry?metric=m0&points=raw&from="
                + Instant.ofEpochMilli(first) + "&to=" + Instant.ofEpochMilli(last + 1)).expect(200);
        List<Long> times = new ArrayList<>();
        answer.get("series").get(0).get("points").forEach(point -> times.add(point.get(0).asLong()));
        return times.stream().mapToLong(Long::longValue).toArray();
    }
}
