package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.Listener;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that others wrote, each doing the same: publish at every quality, sleep, and hear what was said meanwhile.
class ClientsIT {
    @TempDir
    private static Path folder = Path.of("");
    private static Certified certified;
    private static Harness harness;

    @BeforeAll
    static void start() throws Exception {
        certified = new Certified(folder);
        certified.make("server", "/CN=localhost", "DNS:localhost,IP:127.0.0.1");
        MqttConfig plain = Harness.mqtt();
        var tls = new MqttConfig.Tls(certified.file("server.pem"), certified.file("server.key"), null);
        harness = new Harness(TestDatabase.create("ingest"), IngestConfig.of(new MqttConfig(plain.bind(),
                new MqttConfig.Ports(0, 0, 0, MqttConfig.OFF), tls, false, 2, plain.limits())),
                _ -> Diagnosis.none());
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static void stored(Device device, int samples) {
        Harness.await(samples + " samples of " + device.id(), () -> harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number()) == samples);
    }

    private static byte[] sample(int value) {
        return ("{\"a\":" + value + "}").getBytes(UTF_8);
    }

    private static void leaves(Device device) {
        Harness.await("the end", () -> !harness.ingest.sessions().isConnected(device.id()));
    }

    private static void say(Device device, String... texts) {
        for (String text : texts) {
            assertThat(harness.ingest.sessions().queue(device, "desired", text.getBytes(UTF_8),
                    Duration.ofMinutes(5))).isEqualTo(Queuing.QUEUED);
        }
    }

    private static void taken(Device device) {
        Harness.await("all answered", () -> harness.ingest.sessions().waiting(device) == 0);
    }

    @Test
    void pahoOfMqttFive() throws Exception {
        Device device = harness.device("PAHO-5");
        List<String> heard = new CopyOnWriteArrayList<>();
        var client = new org.eclipse.paho.mqttv5.client.MqttClient("tcp://127.0.0.1:" + harness.port(), "me",
                new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
        client.setTimeToWait(20_000);
        client.setCallback(new Listener() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                heard.add(new String(message.getPayload(), UTF_8));
            }
        });
        var options = new MqttConnectionOptions();
        options.setUserName("PAHO-5");
        options.setPassword(Harness.token("PAHO-5").getBytes(UTF_8));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(600L);
        client.connect(options);
        client.subscribe("devices/PAHO-5/#", 1);
        for (int qos = 0; qos <= 2; qos++) {
            client.publish("devices/PAHO-5/telemetry", sample(qos), qos, false);
        }
        stored(device, 3);
        client.disconnect();
        leaves(device);
        say(device, "one", "two");
        client.connect(options);
        taken(device);
        assertThat(heard).containsExactly("one", "two");
        client.disconnect();
        client.close();
    }

    @Test
    void pahoOfMqttThree() throws Exception {
        Device device = harness.device("PAHO-3");
        List<String> heard = new CopyOnWriteArrayList<>();
        var client = new org.eclipse.paho.client.mqttv3.MqttClient("tcp://127.0.0.1:" + harness.port(), "me",
                new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
        client.setTimeToWait(20_000);
        var options = new MqttConnectOptions();
        options.setUserName("PAHO-3");
        options.setPassword(Harness.token("PAHO-3").toCharArray());
        options.setCleanSession(false);
        client.connect(options);
        client.subscribe("devices/PAHO-3/#", 1,
                (_, message) -> heard.add(new String(message.getPayload(), UTF_8)));
        for (int qos = 0; qos <= 2; qos++) {
            client.publish("devices/PAHO-3/telemetry", sample(qos), qos, false);
        }
        stored(device, 3);
        client.disconnect();
        leaves(device);
        say(device, "one", "two");
        client.connect(options);
        taken(device);
        assertThat(heard).containsExactly("one", "two");
        client.disconnect();
        client.close();
    }

    @Test
    void hivemqOfMqttFive() throws Exception {
        hivemq5("HIVE-5", MqttClient.builder().serverHost("127.0.0.1").serverPort(harness.port())
                .useMqttVersion5().identifier("me")
                .simpleAuth().username("HIVE-5").password(Harness.token("HIVE-5").getBytes(UTF_8))
                .applySimpleAuth().buildBlocking());
    }

    @Test
    void hivemqOfMqttFiveOverWebSocket() throws Exception {
        hivemq5("HIVE-WS", MqttClient.builder().serverHost("127.0.0.1")
                .serverPort(harness.ingest.endpoint().webPort()).webSocketConfig().serverPath("mqtt")
                .applyWebSocketConfig().useMqttVersion5().identifier("me").simpleAuth().username("HIVE-WS")
                .password(Harness.token("HIVE-WS").getBytes(UTF_8)).applySimpleAuth().buildBlocking());
    }

    private static void hivemq5(String id, Mqtt5BlockingClient client) throws InterruptedException {
        Device device = harness.device(id);
        client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
        client.subscribeWith().topicFilter("devices/" + id + "/#").qos(MqttQos.AT_LEAST_ONCE).send();
        for (MqttQos qos : MqttQos.values()) {
            client.publishWith().topic("devices/" + id + "/telemetry").payload(sample(qos.getCode())).qos(qos)
                    .send();
        }
        stored(device, 3);
        client.disconnect();
        leaves(device);
        say(device, "one", "two");
        try (var publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            Mqtt5ConnAck answer = client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
            assertThat(answer.isSessionPresent()).isTrue();
            assertThat(publishes.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
                    .isEqualTo("one".getBytes(UTF_8));
            var second = publishes.receive(20, TimeUnit.SECONDS).orElseThrow();
            assertThat(second.getPayloadAsBytes()).isEqualTo("two".getBytes(UTF_8));
            assertThat(second.getMessageExpiryInterval().orElse(0)).isBetween(250L, 300L);
        }
        taken(device);
        client.disconnect();
    }

    @Test
    void hivemqOfMqttThreeByTls() throws Exception {
        Device device = harness.device("HIVE-3");
        Mqtt3BlockingClient client = MqttClient.builder().serverHost("127.0.0.1")
                .serverPort(harness.ingest.endpoint().tlsPort()).sslConfig()
                .trustManagerFactory(certified.trust()).applySslConfig().useMqttVersion3().identifier("me")
                .simpleAuth().username("HIVE-3").password(Harness.token("HIVE-3").getBytes(UTF_8))
                .applySimpleAuth().buildBlocking();
        client.connectWith().cleanSession(false).send();
        client.subscribeWith().topicFilter("devices/HIVE-3/desired").qos(MqttQos.AT_LEAST_ONCE).send();
        client.publishWith().topic("devices/HIVE-3/telemetry").payload(sample(1)).qos(MqttQos.EXACTLY_ONCE)
                .send();
        stored(device, 1);
        client.disconnect();
        leaves(device);
        say(device, "one");
        try (var publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            assertThat(client.connectWith().cleanSession(false).send().isSessionPresent()).isTrue();
            assertThat(publishes.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
                    .isEqualTo("one".getBytes(UTF_8));
        }
        taken(device);
        client.disconnect();
    }

    @Test
    void mosquittoOfBothVersionsPlainAndByTls() throws Exception {
        Program.need("mosquitto_pub");
        Device device = harness.device("MOSQ");
        int samples = 0;
        for (String version : List.of("mqttv311", "mqttv5")) {
            for (String qos : List.of("0", "1", "2")) {
                Program.run(folder, "mosquitto_pub", "-h", "127.0.0.1", "-p", "" + harness.port(), "-V",
                        version, "-u", "MOSQ", "-P", Harness.token("MOSQ"), "-q", qos, "-t",
                        "devices/MOSQ/telemetry", "-m", "{\"a\":1}");
                stored(device, ++samples);
            }
            Program.run(folder, "mosquitto_pub", "-h", "localhost", "-p",
                    "" + harness.ingest.endpoint().tlsPort(), "--cafile", "ca.pem", "-V", version, "-u",
                    "MOSQ", "-P", Harness.token("MOSQ"), "-q", "1", "-t", "devices/MOSQ/telemetry", "-m",
                    "{\"a\":1}");
            stored(device, ++samples);
        }
    }

    @Test
    void mosquittoSubSleepsAndHearsWhatWasSaidMeanwhile() throws Exception {
        Program.need("mosquitto_sub");
        Device device = harness.device("SUB");
        String[] command = {"mosquitto_sub", "-h", "127.0.0.1", "-p", "" + harness.port(), "-V", "mqttv5",
                "-i", "me", "-c", "-x", "600", "-u", "SUB", "-P", Harness.token("SUB"), "-q", "1", "-t",
                "devices/SUB/desired", "-C", "2"};
        Process first = Program.start(folder, command);
        subscribed(first, () -> harness.one(Integer.class,
                "SELECT count(*) FROM ingest.mqtt_session WHERE cardinality(filters) = 1 AND device = "
                        + device.number()) == 1);
        first.destroy();
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        leaves(device);
        say(device, "one", "two");
        assertThat(Program.run(folder, command).lines()).containsExactly("one", "two");
        taken(device);
    }

    private static void subscribed(Process process, BooleanSupplier condition) throws Exception {
        Harness.await("the subscription", () -> condition.getAsBoolean() || !process.isAlive());
        if (!process.isAlive()) {
            try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                throw new AssertionError("mosquitto_sub ended: " + said.readLine());
            }
        }
    }
}
