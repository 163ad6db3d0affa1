package io.aftercare.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LedgerContents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise: nothing acknowledged is lost, nothing is stored twice, whenever the backend is killed. `-Dkill.rounds=20`
/// gives the longer form, `-Dkill.seed=` repeats one.
class KillUnderLoadIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 5);
    private static final int DEVICES = 20;
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
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            List<Credential> devices = Load.register(admin, "K-", DEVICES);
            assertThat(admin.put("/api/v1/rules/always", "application/yaml", RULE).status()).isIn(200, 201);
            return devices;
        }
    }

    private void killUnderLoad(List<Credential> devices, Path ledger, int afterMillis) throws Exception {
        BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
        Load load = Load.start(backend, devices, ledger, Duration.ofSeconds(1));
        load.awaitBeyond(0);
        LockSupport.parkNanos(afterMillis * 1_000_000L); // the random moment, not a wait for something
        backend.kill();
        load.stop();
    }

    private void resendAndCompare(List<Credential> devices, Path ledger, String told) throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            Load.resend(backend, devices, ledger, told);
            Load.assertStoredOnce(admin, ledger, told);
            JsonNode faults = admin.await("/api/v1/faults?code=ALWAYS&limit=1000",
                    page -> page.get("items").size() == DEVICES
                            && page.get("items").findValues("ticket").size() == DEVICES);
            assertThat(faults.get("items").findValuesAsText("device")).as(told).doesNotHaveDuplicates();
            JsonNode tickets = admin.get("/api/v1/tickets?limit=1000").expect(200);
            assertThat(tickets.get("items").findValuesAsText("device")).as(told).hasSize(DEVICES)
                    .doesNotHaveDuplicates();
        }
    }
}
