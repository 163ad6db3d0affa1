package io.aftercare.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ingest.Harness;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a device's terminal shows, from its packet to who receives it.
class ShellOutputIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
        harness.device("S-1");
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    @Test
    void itArrivesInOrderAsItCameAndNoneOfItStaysInQuarantine() throws Exception {
        MqttClient client = harness.client("S-1");
        for (String payload : new String[]{"{\"seq\":1,\"data\":\"bHMK\"}", "no JSON, perhaps a password",
                ""}) {
            client.publish("devices/S-1/shell/s1/output", payload.getBytes(StandardCharsets.UTF_8), 1, false);
        }
        client.publish("devices/S-1/shell/s1/input", new byte[0], 1, false);
        client.publish("devices/S-1/shell/s1/s2/output", new byte[0], 1, false);
        assertThat(harness.heard.calls()).filteredOn(call -> call.startsWith("shell ")).containsExactly(
                "shell S-1 s1 {\"seq\":1,\"data\":\"bHMK\"}", "shell S-1 s1 no JSON, perhaps a password",
                "shell S-1 s1 ");
        assertThat(harness.one(String.class,
                "SELECT string_agg(topic, ' ' ORDER BY topic) FROM ingest.quarantine"))
                .as("the ways down, and longer ones, are none of its up")
                .isEqualTo("shell/s1/input shell/s1/s2/output");
        client.disconnect();
        client.close();
    }

    @Test
    void itsOwnWayDownIsOpenToIt() throws Exception {
        harness.device("S-2");
        MqttClient client = harness.client("S-2");
        assertThat(client.subscribe("devices/S-2/shell/+/input", 1).getReasonCodes()).containsExactly(1);
        assertThat(harness.ingest.sessions().send(harness.device("S-3").id(), "shell/s1/input", new byte[0]))
                .as("one that is not there").isFalse();
        client.disconnect();
        client.close();
    }
}
