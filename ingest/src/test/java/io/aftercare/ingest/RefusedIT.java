package io.aftercare.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.mqtt.Allowance;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;

/// What the database refuses, and a device that sends too much: neither may hold up the others.
class RefusedIT {
    /// Rules whose effects the database does not take as a whole.
    private static final class Refused implements Diagnosis {
        private final List<Double> judged = new ArrayList<>();
        private int pieces;

        @Override
        public synchronized void accept(Sample sample, long arrived) {
            judged.add(sample.value(0));
        }

        @Override
        public void write(Connection transaction) throws SQLException {
            throw new SQLException("a fault's text is too long", "22001");
        }

        @Override
        public synchronized void writeEach(Connection transaction) {
            pieces++;
        }

        @Override
        public synchronized void withdraw(Device device) {
            judged.clear();
        }

        @Override
        public void committed() {}
    }

    private static List<MqttToken> publish(MqttClient client, String id, int from, int to) throws Exception {
        List<MqttToken> tokens = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String payload = "{\"ts\":" + (1_760_000_000_000L + i) + ",\"values\":{\"a\":" + i + "}}";
            tokens.add(client.getTopic("devices/" + id + "/telemetry")
                    .publish(new MqttMessage(payload.getBytes(UTF_8), 1, false, null)));
        }
        return tokens;
    }

    @Test
    void effectsThatTheDatabaseRefusesDoNotHoldTheLaneAndPoisonIsJudgedByNobody() throws Exception {
        Refused rules = new Refused();
        IngestConfig config = new IngestConfig(Harness.mqtt(), 1, Harness.config().laneLimits(),
                Duration.ofSeconds(10), Allowance.DEFAULT, Retention.DEFAULT);
        try (Harness harness = new Harness(TestDatabase.create("ingest"), config, _ -> rules)) {
            harness.device("R-1");
            MqttClient client = harness.client("R-1");
            for (MqttToken token : publish(client, "R-1", 0, 1)) {
                token.waitForCompletion(30_000);
            }
            assertThat(rules.pieces).isEqualTo(1);
            harness.database.jdbi().useHandle(handle -> handle
                    .execute("ALTER TABLE ingest.sample ADD CONSTRAINT odd CHECK (v0 <> 7)"));
            for (MqttToken token : publish(client, "R-1", 1, 20)) {
                token.waitForCompletion(30_000);
            }
            assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.sample")).isEqualTo(19);
            assertThat(rules.judged).doesNotContain(7.0).contains(19.0);
            client.disconnect();
            client.close();
        }
    }

    @Test
    void aDeviceBeyondItsAllowanceIsNotReadAndAnotherNeverWaits() throws Exception {
        IngestConfig config = Harness.config().allowing(new Allowance(200, 1 << 20, Duration.ofSeconds(1)));
        try (Harness harness = new Harness(TestDatabase.create("ingest"), config, _ -> Diagnosis.none())) {
            harness.device("R-2");
            harness.device("R-3");
            MqttClient flooding = harness.client("R-2");
            MqttClient calm = harness.client("R-3");
            long start = System.nanoTime();
            List<MqttToken> flood = publish(flooding, "R-2", 0, 500);
            Harness.await("a pause",
                    () -> harness.registry.get("aftercare.mqtt.throttled").counter().count() > 0);
            for (MqttToken token : publish(calm, "R-3", 0, 20)) {
                token.waitForCompletion(30_000);
            }
            for (MqttToken token : flood) {
                token.waitForCompletion(30_000);
            }
            // What one burst of reading brings is taken as a whole, so that only the next burst has to wait: until there are no more
            // than 200 messages beyond 200 a second, 500 being in.
            publish(flooding, "R-2", 500, 501).getFirst().waitForCompletion(30_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_450));
            assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.sample")).isEqualTo(521);
            Harness.await("nobody paused",
                    () -> harness.registry.get("aftercare.mqtt.connections.paused").gauge().value() == 0);
            flooding.disconnect();
            calm.disconnect();
            flooding.close();
            calm.close();
        }
    }
}
