package io.aftercare.simulator.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.action.Outcome.Failed;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Sampling sampling(Misbehaviour... misbehaviours) {
        Temper temper = List.of(misbehaviours)::contains;
        return new Sampling(Duration.ofSeconds(10), temper, () -> now);
    }

    @Test
    void aBoostEndsByItself() {
        Sampling sampling = sampling();
        sampling.boost(1, 60, Set.of());
        assertThat(sampling.interval()).hasSeconds(1);
        now = now.plusSeconds(59);
        assertThat(sampling.revert()).isFalse();
        now = now.plusSeconds(1);
        assertThat(sampling.revert()).isTrue();
        assertThat(sampling.revert()).isFalse();
        assertThat(sampling.interval()).hasSeconds(10);
        assertThat(sampling.reported()).containsOnlyKeys("interval");
    }

    @Test
    void aSlowBoostEndsInTimeToo() {
        Sampling sampling = sampling();
        sampling.boost(3_600, 5, Set.of());
        assertThat(sampling.untilNext()).hasSeconds(5);
    }

    @Test
    void aRestartEndsABoostAndKeepsWhatWasSet() {
        Sampling sampling = sampling();
        sampling.usual(4);
        sampling.boost(1, 900, Set.of());
        sampling.restarted();
        assertThat(sampling.interval()).hasSeconds(4);
        sampling.reset();
        assertThat(sampling.interval()).hasSeconds(10);
    }

    @Test
    void othersThanTheWantedMetricsGoOnAtTheirUsualPace() {
        Sampling sampling = sampling();
        Map<String, Object> readings = Map.of("a", 1, "b", 2);
        assertThat(sampling.wanted(readings)).hasSize(2);
        sampling.boost(1, 60, Set.of("a"));
        for (int second = 1; second <= 30; second++) {
            now = now.plusSeconds(1);
            assertThat(sampling.wanted(readings)).hasSize(second % 10 == 0 ? 2 : 1).containsKey("a");
        }
    }

    @Test
    void whatCannotBeIsTurnedDown() throws Exception {
        assertThat(BoostDesk.set(sampling(), JSON.readTree("{\"seconds\":0.1,\"ttlSeconds\":5}")))
                .isInstanceOf(Rejected.class);
        assertThat(BoostDesk.set(sampling(), JSON.readTree("{\"seconds\":1,\"ttlSeconds\":901}")))
                .isInstanceOf(Failed.class);
        assertThat(BoostDesk.set(sampling(),
                JSON.readTree("{\"seconds\":1,\"ttlSeconds\":900,\"metrics\":[\"a\"]}")))
                .isInstanceOf(Succeeded.class);
    }

    @Test
    void whoIgnoresTheTimeGoesOn() {
        Sampling sampling = sampling(Misbehaviour.IGNORE_TTL);
        sampling.boost(1, 60, Set.of());
        now = now.plusSeconds(10_000);
        assertThat(sampling.revert()).isFalse();
        assertThat(sampling.interval()).hasSeconds(1);
        assertThat(sampling.untilNext()).as("and does not spin").hasSeconds(1);
    }

    /// Whatever is wished in whatever order, a boost is over when its time is, and what was set for good is what stays.
    @Test
    void noBoostOutlivesItsTime() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Sampling sampling = sampling();
            double usual = 10;
            double boosted = 0;
            Instant until = Instant.MIN;
            for (int step = 0; step < 50; step++) {
                now = now.plusMillis(random.nextInt(20_000));
                switch (random.nextInt(5)) {
                    case 0 -> {
                        usual = 1 + random.nextInt(100);
                        sampling.usual(usual);
                    }
                    case 1, 2 -> {
                        boosted = 1 + random.nextInt(100);
                        int ttl = 1 + random.nextInt(60);
                        sampling.boost(boosted, ttl, Set.of());
                        until = now.plusSeconds(ttl);
                    }
                    case 3 -> {
                        sampling.restarted();
                        until = Instant.MIN;
                    }
                    default -> now = now.plusSeconds(random.nextInt(30));
                }
                boolean _ = sampling.revert();
                assertThat(sampling.interval()).as("seed %d step %d", seed, step)
                        .hasSeconds((long) (now.isBefore(until) ? boosted : usual));
            }
        }
    }
}
