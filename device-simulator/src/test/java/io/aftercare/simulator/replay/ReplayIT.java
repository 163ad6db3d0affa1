package io.aftercare.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.simulator.Mosquitto;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.link.Receiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT implements Receiver {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicBoolean up = new AtomicBoolean();

    @TempDir
    Path folder = Path.of("");

    @Override
    public void lost() {
        // not looked at
    }

    @Override
    public void connected() {
        up.set(true);
    }

    @Override
    public void message(String topic, byte[] payload) {
        heard.add(new String(payload, StandardCharsets.UTF_8));
    }

    @Test
    void everyGoodLineArrivesAndEveryBadOneIsNamed() throws IOException, InterruptedException {
        StringBuilder csv = new StringBuilder("time,temp,mode\n");
        for (int i = 0; i < 12_000; i++) {
            csv.append(i % 1_000 == 7 ? "nonsense,1,2\n" : (1_767_225_600L + i) + "," + i + ",on\n");
        }
        Path file = Files.writeString(folder.resolve("r.csv"), csv);
        List<String> bad = new ArrayList<>();
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                Link link = new Link(new Broker("127.0.0.1", mosquitto.port()),
                        new Credential("R-1", "", "t"),
                        List.of("telemetry"), 20_000, new Random(1))) {
            link.start(this);
            Waiting.until("connected", up::get);
            Replay replay = new Replay(link, 0, false, InstantSource.system(), bad::add);
            replay.play(file);
            assertThat(replay.drain(Duration.ofSeconds(30))).isTrue();
            assertThat(replay.rows()).isEqualTo(11_988);
            assertThat(bad).hasSize(12).first().asString().contains("line 9 skipped").contains("nonsense");
            Waiting.until("all came back", () -> samples() == 11_988);
        }
    }

    private long samples() {
        return heard.stream().mapToLong(each -> each.split("\"ts\"", -1).length - 1).sum();
    }

    @Test
    void shiftedToNowTheLastLineCarriesNow() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("r.csv"), "time,a\n1767225600,1\n1767225610,2\n");
        InstantSource clock = () -> Instant.ofEpochMilli(1_800_000_000_000L);
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                Link link = new Link(new Broker("127.0.0.1", mosquitto.port()),
                        new Credential("R-1", "", "t"),
                        List.of("telemetry"), 100, new Random(1))) {
            link.start(this);
            Waiting.until("connected", up::get);
            new Replay(link, 0, true, clock, heard::add).play(file);
            Waiting.until("both came back", () -> samples() == 2);
            assertThat(String.join("", heard)).contains("\"ts\":1799999990000")
                    .contains("\"ts\":1800000000000");
        }
    }
}
