package io.aftercare.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LoadGenerator;
import io.aftercare.simulator.load.LoadOptions;
import io.aftercare.simulator.load.LoadReport;
import io.aftercare.simulator.load.MqttVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that send nonsense, floods, times from another century and broken packets, beside good ones: every message of the
/// good ones is stored once and answered. What that costs them in time is printed, not judged: other programs share the
/// machine.
class BadNeighboursIT {
    private static final Duration PHASE = Duration.ofSeconds(5);
    private static final int RATE = 2_000;

    @TempDir
    private Path folder = Path.of("");

    @FunctionalInterface
    private interface Mischief {
        void once() throws IOException;
    }

    @Test
    void theGoodOnesAreServedAllTheSame() throws Exception {
        Random random = new Random(7);
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Credential> good = Load.register(admin, "GOOD-", 20);
            List<Credential> bad = Load.register(admin, "BAD-", 5);
            int port = backend.mqttPort();
            phase(good, port, folder.resolve("warm-up"));
            LoadReport alone = phase(good, port, folder.resolve("alone"));

            AtomicBoolean stop = new AtomicBoolean();
            AtomicLong deeds = new AtomicLong();
            LoadGenerator flood = new LoadGenerator(LoadOptions.of("127.0.0.1", port, bad.subList(0, 1))
                    .version(MqttVersion.V3_1_1, 0).until(Duration.ofMinutes(2), 0).threads(1));
            List<Future<?>> mischief = new ArrayList<>();
            mischief.add(threads.submit(() -> flood.run()));
            RawDevice nonsense = RawDevice.connect(port, bad.get(1));
            RawDevice oversize = RawDevice.connect(port, bad.get(2));
            RawDevice clock = RawDevice.connect(port, bad.get(3));
            byte[] large = RawDevice.utf8("{\"a\":\"" + "x".repeat(70_000) + "\"}");
            long[] times = {0, 1, 4_102_444_800_000L, Long.MAX_VALUE};
            for (Mischief one : List.<Mischief>of(() -> nonsense.publish(RawDevice.utf8("{\"a\":NaN")),
                    () -> oversize.publish(large),
                    () -> clock.publish(RawDevice.utf8(
                            "{\"ts\":" + times[random.nextInt(times.length)] + ",\"values\":{\"a\":1}}")),
                    () -> broken(port, bad.get(4), random))) {
                mischief.add(threads.submit(() -> {
                    while (!stop.get()) {
                        one.once();
                        deeds.incrementAndGet();
                    }
                    return null;
                }));
            }
            LoadReport beside = phase(good, port, folder.resolve("beside"));
            stop.set(true);
            flood.stop();
            for (Future<?> one : mischief) {
                one.get();
            }
            assertThat(deeds.get()).as("the bad ones were there").isGreaterThan(20);
            Load.assertStoredOnce(admin, folder.resolve("alone"), "alone");
            Load.assertStoredOnce(admin, folder.resolve("beside"), "beside bad ones");
            assertThat(
                    admin.get("/api/v1/devices/" + bad.get(1).id() + "/quarantine").expect(200).get("items"))
                    .as("nonsense is kept to be looked at").isNotEmpty();
            for (RawDevice device : List.of(nonsense, oversize, clock)) {
                device.close();
            }
            System.out.printf(
                    "good devices alone: p50 %.1f ms, p99 %.1f ms; beside a flood and %d bad packets: p50 %.1f ms, p99 %.1f ms%n",
                    alone.latency().p50() / 1e3, alone.latency().p99() / 1e3, deeds.get(),
                    beside.latency().p50() / 1e3, beside.latency().p99() / 1e3);
        }
    }

    private static LoadReport phase(List<Credential> devices, int port, Path ledger) throws Exception {
        LoadReport report = new LoadGenerator(LoadOptions.of("127.0.0.1", port, devices).rate(RATE)
                .until(PHASE, 0).drain(Duration.ofSeconds(60)).threads(1).ledger(ledger)).run();
        assertThat(report.acknowledged()).isPositive().isEqualTo(report.sent());
        assertThat(report.rejected()).isZero();
        return report;
    }

    private static void broken(int port, Credential who, Random random) throws IOException {
        byte[] garbage = new byte[200];
        random.nextBytes(garbage);
        garbage[0] = (byte) 0xF5; // AUTH, with reserved bits
        garbage[1] = 100; // and all of its bytes there, so that nobody waits for more
        try (RawDevice device = RawDevice.connect(port, who)) {
            device.send(garbage);
            device.awaitClosed();
        }
    }
}
