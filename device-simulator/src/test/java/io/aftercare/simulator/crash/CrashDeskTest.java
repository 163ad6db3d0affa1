package io.aftercare.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Failed;
import io.aftercare.simulator.action.Outcome.Lasting;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.log.DeviceLog;
import io.aftercare.simulator.log.Level;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.upload.UploadServer;
import io.aftercare.simulator.upload.Uploader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CrashDeskTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final DeviceLog log = new DeviceLog();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private CrashDesk desk(URI http) {
        return new CrashDesk("D-1", "RT-90", log,
                new Uploader(http, "token", Temper.GOOD, new Uploader.Pieces(200, 3, Duration.ofMillis(1))),
                () -> now);
    }

    private JsonNode crash(CrashDesk desk, String firmware, String reason) {
        now = now.plusSeconds(1);
        return JSON.valueToTree(desk.crashed(firmware, reason, 3));
    }

    @Test
    void theSameCrashOfTheSameBuildIsAtTheSamePlace() {
        CrashDesk desk = desk(URI.create("http://127.0.0.1:1"));
        JsonNode first = crash(desk, "5.1.0", "out of memory");
        JsonNode second = crash(desk, "5.1.0", "out of memory");
        assertThat(second.at("/threads/0/stack")).isEqualTo(first.at("/threads/0/stack"));
        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        Set<JsonNode> stacks = new HashSet<>();
        stacks.add(first.at("/threads/0/stack"));
        stacks.add(crash(desk, "5.1.0", "watchdog").at("/threads/0/stack"));
        stacks.add(crash(desk, "5.2.0", "out of memory").at("/threads/0/stack"));
        assertThat(stacks).hasSize(3);
    }

    @Test
    void anEventIsAsTheProtocolHasIt() {
        JsonNode data = crash(desk(URI.create("http://127.0.0.1:1")), "5.1.0", "x".repeat(500));
        assertThat(data.path("id").asText()).matches("crash-[A-Za-z0-9._-]{1,58}");
        assertThat(data.path("reason").asText()).hasSize(200);
        assertThat(data.at("/modules/0/buildId").asText()).matches("[0-9a-f]{40}");
        assertThat(data.at("/modules/0/base").asText()).matches("0x[0-9a-f]+000");
        assertThat(data.at("/threads/0/crashed").asBoolean()).isTrue();
        data.at("/threads/0/stack").forEach(frame -> {
            assertThat(frame.path("module").asInt()).isZero();
            assertThat(Long.decode(frame.path("offset").asText()))
                    .isLessThan(data.at("/modules/0/size").asLong());
        });
    }

    @Test
    void theDumpFollowsAfterTheNextStartAndHasTheLog() throws IOException {
        try (UploadServer server = new UploadServer(1, 0)) {
            CrashDesk desk = desk(server.base());
            log.add(now, Level.ERROR, "no memory left");
            JsonNode data = crash(desk, "5.1.0", "out of memory");
            desk.booted();
            Waiting.until("the dump", server::isComplete);
            JsonNode dump;
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(server.file()))) {
                dump = JSON.readTree(in);
            }
            assertThat(dump.path("id")).isEqualTo(data.path("id"));
            assertThat(dump.path("threads")).isEqualTo(data.path("threads"));
            assertThat(dump.path("log").asText()).contains("no memory left");
            assertThat(dump.path("ts").asLong()).isPositive();
        }
    }

    @Test
    void aDumpThatIsAskedForIsUploadedAndAnUnknownOneIsNotThere() throws Exception {
        try (UploadServer server = new UploadServer(1, 0)) {
            CrashDesk desk = desk(server.base());
            assertThat(desk.get(JSON.readTree("{\"upload\":{\"id\":\"u1\",\"url\":\"/u1\"}}")))
                    .isInstanceOf(Failed.class);
            crash(desk, "5.1.0", "out of memory");
            assertThat(desk
                    .get(JSON.readTree("{\"id\":\"crash-7\",\"upload\":{\"id\":\"u1\",\"url\":\"/u1\"}}")))
                    .isInstanceOf(Failed.class);
            Outcome outcome = desk.get(JSON.readTree("{\"upload\":{\"id\":\"u1\",\"url\":\"/u1\"}}"));
            assertThat(outcome).isInstanceOf(Lasting.class);
            if (outcome instanceof Lasting lasting) {
                assertThat(lasting.work().finish()).isInstanceOf(Succeeded.class);
            }
            assertThat(server.isComplete()).isTrue();
        }
    }
}
