package io.aftercare.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Mosquitto;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.credentials.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    private static final class Heard implements Receiver {
        final AtomicInteger connections = new AtomicInteger();
        final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void lost() {
            // not looked at
        }

        @Override
        public void connected() {
            connections.incrementAndGet();
        }

        @Override
        public void message(String topic, byte[] payload) {
            messages.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatCouldNotBeSentIsSentWhenTheBrokerIsBackInOrderAndAsABacklog()
            throws IOException, InterruptedException {
        try (Mosquitto mosquitto = Mosquitto.start(folder)) {
            Broker broker = new Broker("127.0.0.1", mosquitto.port());
            Heard heard = new Heard();
            try (Link device = new Link(broker, new Credential("D-1", "", "t"), List.of("actions/+"), 1_000,
                    new Random(1));
                    Link listener = new Link(broker, new Credential("D-1x", "", "t"), List.of("#"), 10,
                            new Random(2))) {
                device.start(new Heard());
                Waiting.until("connected", device::isUp);
                device.telemetry(1, Map.of("a", 1));
                Waiting.until("acknowledged", () -> device.waiting() == 0);
                mosquitto.kill();
                Waiting.until("the loss is noticed", () -> !device.isUp());
                AtomicInteger acknowledged = new AtomicInteger();
                for (int i = 0; i < 250; i++) {
                    device.telemetry(100 + i, Map.of("a", i));
                }
                device.send("event", "{\"code\":\"x\"}".getBytes(StandardCharsets.UTF_8),
                        acknowledged::incrementAndGet);
                assertThat(device.waiting()).isEqualTo(251);
                mosquitto.restart();
                listener.start(heard);
                Waiting.until("all acknowledged", () -> device.waiting() == 0);
                assertThat(acknowledged.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void messagesReachTheDeviceWithoutItsPrefix() throws IOException, InterruptedException {
        try (Mosquitto mosquitto = Mosquitto.start(folder)) {
            Broker broker = new Broker("127.0.0.1", mosquitto.port());
            Heard heard = new Heard();
            try (Link device = new Link(broker, new Credential("D-1", "", "t"),
                    List.of("actions/+", "telemetry"),
                    1_000, new Random(1))) {
                device.start(heard);
                Waiting.until("connected", () -> heard.connections.get() == 1);
                device.send("actions/a1", Map.of("action", "ping"));
                device.telemetry(1, Map.of("a", 1.5));
                Waiting.until("both came back", () -> heard.messages.size() == 2);
                assertThat(heard.messages.getFirst()).isEqualTo("actions/a1 {\"action\":\"ping\"}");
                JsonNode telemetry = JSON.readTree(heard.messages.getLast().substring("telemetry ".length()));
                assertThat(telemetry.at("/values/a").asDouble()).isEqualTo(1.5);
                device.powerOff();
                Waiting.until("off", () -> !device.isUp());
                device.start(heard);
                Waiting.until("connected again", () -> heard.connections.get() == 2);
            }
        }
    }
}
