package io.aftercare.benchmarks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesRunTest {
    // The run itself fails where an engine has not found every breach.
    @Test
    void allEnginesFindTheSameBreachesInTheSameSamples() throws IOException {
        var setup = new RulesRun.Setup(1, Duration.ofMillis(20), 50, Duration.ofSeconds(10), List.of(1, 30),
                List.of(100));
        RulesReport report = new RulesRun(setup, _ -> {
        }).run();
        assertThat(report.conditions()).extracting(Rounds.Figure::name).hasSize(4);
        assertThat(report.samples()).hasSize(2).first()
                .satisfies(ours -> assertThat(ours.bytes()).as("bytes a sample").isLessThan(64));
        assertThat(report.growth()).hasSize(3);
        assertThat(report.markdown()).contains("Drools, 14 of the rules");
    }
}
