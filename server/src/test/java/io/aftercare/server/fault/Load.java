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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Devices that send, beside the test, and the ledger of what they sent and what was acknowledged.
final class Load {
    static final String MODEL = "LOAD-1";
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final long LOOK_NANOS = 1_000_000;

    private final LoadGenerator generator;
    private final CompletableFuture<LoadReport> run;
    private final AtomicLong acknowledged = new AtomicLong();

    private Load(LoadOptions options) {
        this.generator = new LoadGenerator(options);
        this.run = CompletableFuture.supplyAsync(() -> {
            try {
                return generator.run((_, known) -> acknowledged.set(known));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    /// @param drain how long the last acknowledgements may take after [#stop]
    static Load start(BackendProcess backend, List<Credential> devices, Path ledger, Duration drain) {
        return new Load(LoadOptions.of("127.0.0.1", backend.mqttPort(), devices).until(LONGEST, 0)
                .rate(20_000).drain(drain).ledger(ledger));
    }

    /// Registers `count` devices of [#MODEL].
    static List<Credential> register(StaffClient admin, String prefix, int count)
            throws IOException, InterruptedException {
        List<Credential> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = prefix + i;
            devices.add(new Credential(id, MODEL, admin.register(MODEL, id)));
        }
        return devices;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /// Waits until more is acknowledged than `before`.
    void awaitBeyond(long before) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (acknowledged.get() <= before) {
            assertThat(run.isDone()).as("the load still runs").isFalse();
            assertThat(System.nanoTime()).as("acknowledgements come").isLessThan(deadline);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Ends it, after the last acknowledgements or the drain's time.
    LoadReport stop() {
        generator.stop();
        return run.join();
    }

    /// Sends again what was not acknowledged.
    static void resend(BackendProcess backend, List<Credential> devices, Path ledger, String told)
            throws IOException, InterruptedException {
        LoadReport resent = new LoadGenerator(
                LoadOptions.of("127.0.0.1", backend.mqttPort(), devices).resend(ledger)).run();
        assertThat(resent.unacknowledged()).as(told).isZero();
    }

    /// Compares what is stored with what was sent: every message, once.
    static void assertStoredOnce(StaffClient admin, Path ledger, String told)
            throws IOException, InterruptedException {
        for (LedgerContents.Device device : LedgerContents.read(ledger).devices()) {
            long[] sent = device.sent().toArray();
            if (sent.length > 0) {
                assertThat(stored(admin, device.id(), sent[0], sent[sent.length - 1]))
                        .as("%s of %s", told, device.id()).containsExactly(sent);
            }
        }
    }

    /// Compares what is stored with what was acknowledged: all of it is there, and nothing twice.
    static void assertAcknowledgedStored(StaffClient admin, Path ledger)
            throws IOException, InterruptedException {
        for (LedgerContents.Device device : LedgerContents.read(ledger).devices()) {
            long[] sent = device.sent().toArray();
            if (sent.length > 0) {
                assertThat(stored(admin, device.id(), sent[0], sent[sent.length - 1])).as(device.id())
                        .doesNotHaveDuplicates().contains(device.acknowledged().toArray());
            }
        }
    }

    private static long[] stored(StaffClient admin, String device, long first, long last)
            throws IOException, InterruptedException {
        JsonNode answer = admin.get("/api/v1/devices/" + device + "/telemetry?metric=m0&points=raw&from="
                + Instant.ofEpochMilli(first) + "&to=" + Instant.ofEpochMilli(last + 1)).expect(200);
        List<Long> times = new ArrayList<>();
        answer.get("series").get(0).get("points").forEach(point -> times.add(point.get(0).asLong()));
        return times.stream().mapToLong(Long::longValue).toArray();
    }
}
