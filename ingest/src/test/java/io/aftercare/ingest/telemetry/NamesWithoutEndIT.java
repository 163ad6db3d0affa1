package io.aftercare.ingest.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesWithoutEndIT {
    private static String names(String prefix, int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "\"" + prefix + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void aDeviceThatSendsAMillionNamesTakesThemFromNobody() {
        try (Database database = TestDatabase.create("ingest")) {
            database.jdbi().useHandle(handle -> handle.execute(
                    "INSERT INTO fleet.product (model, name, document) VALUES ('printer', 'P', '{}')"));
            MetricDictionary dictionary = new MetricDictionary(database);
            Reading bad = new Reading(1, dictionary.of("printer"));
            assertThat(bad.read(names("bad", 0, 250))).isNull();
            for (int i = 250; i < 1_000_000; i += 250) {
                assertThat(bad.read(names("bad", i, 250))).isEqualTo(BadPayload.TOO_MANY_NEW_METRICS);
            }
            assertThat(bad.read(names("bad", 0, 250))).as("what it had is still taken").isNull();
            assertThat(dictionary.of("printer").size()).isEqualTo(250);

            Reading good = new Reading(2, dictionary.of("printer"));
            assertThat(good.read(names("good", 0, 64))).isNull();
            assertThat(new Reading(2, new MetricDictionary(database).of("printer")).read(names("more", 0, 1)))
                    .as("counted over a restart").isEqualTo(BadPayload.TOO_MANY_NEW_METRICS);

            database.jdbi().useHandle(handle -> handle.execute(
                    "INSERT INTO fleet.metric (model, place, name) VALUES ('printer', 314, 'declared')"));
            Harness.await("a metric that is declared meanwhile",
                    () -> bad.read("{\"declared\":1}") == null && !bad.said.isEmpty());
        }
    }
}
