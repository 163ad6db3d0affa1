package io.aftercare.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.simulator.Mosquitto;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.credentials.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against Mosquitto, which shares no code with this.
class LoadGeneratorIT {
    @TempDir
    Path folder = Path.of("");

    private static List<Credential> devices(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> new Credential("D-" + i, "", "")).toList();
    }

    @Test
    void everyMessageIsAcknowledgedInEveryVersionAndQos() throws IOException, InterruptedException {
        try (Mosquitto mosquitto = Mosquitto.start(folder)) {
            for (MqttVersion version : MqttVersion.values()) {
                for (int qos = 0; qos <= 2; qos++) {
                    LoadReport report = new LoadGenerator(
                            LoadOptions.of("127.0.0.1", mosquitto.port(), devices(7))
                                    .version(version, qos).until(Duration.ZERO, 5_003))
                            .run();
                    assertThat(report.sent()).as("%s qos %d: %s", version, qos, report).isEqualTo(5_003);
                    assertThat(report.acknowledged()).isEqualTo(qos == 0 ? 0 : 5_003);
                    assertThat(report.lost() + report.refused() + report.unacknowledged()).isZero();
                }
            }
        }
    }

    @Test
    void aRateIsKept() throws IOException, InterruptedException {
        try (Mosquitto mosquitto = Mosquitto.start(folder)) {
            LoadReport report = new LoadGenerator(LoadOptions.of("127.0.0.1", mosquitto.port(), devices(20))
                    .rate(2_000).until(Duration.ofSeconds(2), 0).watchedPid(mosquitto.pid())).run();
            assertThat(report.sent()).isBetween(3_800L, 4_020L);
            assertThat(report.latency().p50()).isPositive().isLessThan(500_000);
        }
    }

    @Test
    void afterAKillWhatWasNotAcknowledgedIsKnownAndSentAgain() throws IOException, InterruptedException {
        try (Mosquitto mosquitto = Mosquitto.start(folder)) {
            Path ledger = folder.resolve("ledger");
            AtomicLong sent = new AtomicLong();
            LoadOptions options = LoadOptions.of("127.0.0.1", mosquitto.port(), devices(10)).ledger(ledger)
                    .until(Duration.ofSeconds(20), 0).drain(Duration.ofSeconds(2));
            LoadGenerator generator = new LoadGenerator(options);
            CompletableFuture<LoadReport> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return generator.run((all, _) -> sent.set(all));
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Waiting.until("some load", () -> sent.get() > 1_000);
            mosquitto.kill();
            LoadReport report = run.join();
            assertThat(report.lost()).isEqualTo(10);
            LedgerContents before = LedgerContents.read(ledger);
            assertThat(before.sent()).isEqualTo(report.sent());
            assertThat(before.acknowledged()).isEqualTo(report.acknowledged());
            long left = before.devices().stream().mapToLong(device -> device.unacknowledged().count()).sum();
            assertThat(left).isEqualTo(report.unacknowledged()).isPositive();
            mosquitto.restart();
            LoadReport again = new LoadGenerator(options.resend(ledger)).run();
            assertThat(again.acknowledged()).isEqualTo(left);
            LedgerContents after = LedgerContents.read(ledger);
            assertThat(after.acknowledged()).isEqualTo(after.sent()).isEqualTo(before.sent());
        }
    }

    @Test
    void itIsNotTheBottleneck() throws IOException, InterruptedException {
        try (AckServer server = new AckServer()) {
            LoadReport report = new LoadGenerator(LoadOptions.of("127.0.0.1", server.port(), devices(100))
                    .until(Duration.ofSeconds(4), 0)).run();
            System.out.println("generator against a server that only acknowledges: " + report.text());
            assertThat(report.unacknowledged()).isZero();
            // processor time, since the rate depends on what else this machine does; the acknowledging server is included
            assertThat(report.generatorCpuSeconds() / report.acknowledged()).isLessThan(20e-6);
        }
    }

    @Test
    void whereNobodyListensItSaysSo() {
        assertThatThrownBy(() -> new LoadGenerator(LoadOptions.of("127.0.0.1", 1, devices(1))).run())
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("refused");
    }
}
