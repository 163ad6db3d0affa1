package io.aftercare.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkTest {
    @Test
    void oneSampleIsAnObjectABacklogAnArray() {
        Backlog.Sample sample = new Backlog.Sample(5, Map.of("a", 1.5));
        assertThat(new String(Payloads.telemetry(List.of(sample)), StandardCharsets.UTF_8))
                .isEqualTo("{\"ts\":5,\"values\":{\"a\":1.5}}");
        assertThat(new String(Payloads.telemetry(List.of(sample, sample)), StandardCharsets.UTF_8))
                .isEqualTo("[{\"ts\":5,\"values\":{\"a\":1.5}},{\"ts\":5,\"values\":{\"a\":1.5}}]");
    }

    @Test
    void aFullBacklogLosesItsOldestAndSurvivesALateAcknowledgement() {
        Backlog backlog = new Backlog(3);
        for (int i = 1; i <= 3; i++) {
            backlog.add(new Backlog.Sample(i, Map.of()));
        }
        List<Backlog.Sample> sent = backlog.oldest(2);
        backlog.add(new Backlog.Sample(4, Map.of()));
        backlog.remove(sent);
        assertThat(backlog.oldest(9)).extracting(Backlog.Sample::ts).containsExactly(3L, 4L);
        assertThat(backlog.dropped()).isEqualTo(1);
    }
}
