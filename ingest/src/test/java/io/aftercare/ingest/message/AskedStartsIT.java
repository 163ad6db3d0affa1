package io.aftercare.ingest.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.store.StoredHappenings;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.jupiter.api.Test;

/// A start that the backend asked for is none of the device's faults, whatever the device says: not for the rules when it comes, and
/// not for those who look back.
class AskedStartsIT {
    /// Notes which events were requested.
    private record Noting(ConcurrentLinkedQueue<String> heard) implements Diagnosis {
        @Override
        public void accept(Sample sample, long arrived) {}

        @Override
        public void event(Device device, long micros, String code, boolean requested, long arrived) {
            heard.add(code + (requested ? " requested" : ""));
        }

        @Override
        public void write(Connection transaction) {}

        @Override
        public void committed() {}
    }

    @Test
    void theRulesAndWhoeverLooksBackSeeThatItWasAskedFor() throws Exception {
        ConcurrentLinkedQueue<String> judged = new ConcurrentLinkedQueue<>();
        try (Harness harness = new Harness(TestDatabase.create("ingest"), Harness.config(),
                _ -> new Noting(judged))) {
            Device device = harness.device("R-1");
            MqttClient client = harness.client("R-1");
            String boot = "{\"ts\":%d,\"code\":\"boot\",\"data\":{\"reason\":\"power-on\",\"requested\":false}}";
            client.publish("devices/R-1/event", boot.formatted(1_767_225_600_000L).getBytes(UTF_8), 1, false);
            harness.restarts = (_, at) -> at.toEpochMilli() == 1_767_225_700_000L
                    ? Optional.of("action a-1")
                    : Optional.empty();
            client.publish("devices/R-1/event", boot.formatted(1_767_225_700_000L).getBytes(UTF_8), 1, false);
            client.publish("devices/R-1/event",
                    "{\"ts\":1767225700000,\"code\":\"crash\"}".getBytes(UTF_8), 1, false);
            client.disconnect();
            client.close();
            assertThat(judged).containsExactly("boot", "boot requested", "crash");
            assertThat(harness.one(String.class,
                    """
                            SELECT string_agg(coalesce(payload ->> 'asked', '-'), ' ' ORDER BY id) FROM fleet.outbox"""))
                    .isEqualTo("- action a-1 -");
            List<String> stored = new ArrayList<>();
            new StoredHappenings(harness.database).recent(device, 0, new StoredHappenings.Listener() {
                @Override
                public void event(long micros, String code, boolean requested) {
                    stored.add(code + (requested ? " requested" : ""));
                }

                @Override
                public void text(long micros, String name, String text) {
                    stored.add(name);
                }
            });
            assertThat(stored).containsExactly("boot", "boot requested", "crash");
        }
    }
}
