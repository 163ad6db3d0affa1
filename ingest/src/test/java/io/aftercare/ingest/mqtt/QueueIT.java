package io.aftercare.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages for devices that sleep, as they look on the wire.
class QueueIT {
    private static final int V3 = 4;
    private static final int V5 = 5;
    private Database database;
    private Harness harness;

    @BeforeEach
    void start() {
        database = TestDatabase.create("ingest");
        harness = new Harness(database, Harness.config(), _ -> Diagnosis.none());
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private RawClient connect(int level, String id, String answer, byte... properties) throws IOException {
        RawClient client = new RawClient(harness.port());
        client.send(RawClient.connect(level, id, id, Harness.token(id), 0, 30, properties));
        assertThat(client.next()).startsWith(answer);
        return client;
    }

    /// A device that has subscribed to `desired` and `rpc/+`, and is away now.
    private Device sleeper(int level, String id, byte... properties) throws IOException {
        Device device = harness.device(id);
        try (RawClient client = connect(level, id, "200000", properties)) {
            client.send(RawClient.subscribe(level, 1, "devices/" + id + "/desired", 1));
            assertThat(client.next()).startsWith("900001");
            client.send(RawClient.subscribe(level, 2, "devices/" + id + "/rpc/+", 1));
            assertThat(client.next()).startsWith("900002");
        }
        Harness.await("the end", () -> !harness.ingest.sessions().isConnected(device.id()));
        return device;
    }

    private static final byte[] AN_HOUR = {0x11, 0, 0, 0x0e, 0x10};

    private Queuing queue(Device device, String topic, String text) {
        return harness.ingest.sessions().queue(device, topic, text.getBytes(UTF_8), null);
    }

    private static String publish(String id, String topic, int packet, boolean dup, String payload) {
        byte[] name = ("devices/" + id + "/" + topic).getBytes(UTF_8);
        HexFormat hex = HexFormat.of();
        return (dup ? "3a" : "32") + hex.toHexDigits((short) name.length) + hex.formatHex(name)
                + hex.toHexDigits((short) packet) + hex.formatHex(payload.getBytes(UTF_8));
    }

    @Test
    void aSleepingDeviceHearsInOrderWhatWasSaidMeanwhile() throws Exception {
        Device device = sleeper(V3, "Q-1");
        for (int i = 1; i <= 40; i++) {
            assertThat(queue(device, "desired", "m" + i)).isEqualTo(Queuing.QUEUED);
        }
        assertThat(queue(device, "other", "x")).isEqualTo(Queuing.NOT_SUBSCRIBED);
        try (RawClient client = connect(V3, "Q-1", "200100")) {
            for (int i = 1; i <= 40; i++) {
                assertThat(client.next()).isEqualTo(publish("Q-1", "desired", 0x8000 + i, false, "m" + i));
                client.sendHex("4002" + HexFormat.of().toHexDigits((short) (0x8000 + i)));
            }
            Harness.await("all taken", () -> harness.ingest.sessions().waiting(device) == 0);
            assertThat(queue(device, "rpc/7", "live")).isEqualTo(Queuing.QUEUED);
            assertThat(client.next()).isEqualTo(publish("Q-1", "rpc/7", 0x8000 + 41, false, "live"));
        }
    }

    @Test
    void whatWasNotAnsweredComesAgainAsARepetitionAlsoAfterARestart() throws Exception {
        Device device = sleeper(V3, "Q-2");
        queue(device, "desired", "a");
        queue(device, "desired", "b");
        queue(device, "desired", "c");
        try (RawClient client = connect(V3, "Q-2", "200100")) {
            client.next();
            client.next();
            client.next();
            client.sendHex("40028001");
            Harness.await("one taken", () -> harness.ingest.sessions().waiting(device) == 2);
        }
        restart();
        queue(device, "desired", "d");
        try (RawClient client = connect(V3, "Q-2", "200100")) {
            assertThat(client.next()).isEqualTo(publish("Q-2", "desired", 0x8002, true, "b"));
            assertThat(client.next()).isEqualTo(publish("Q-2", "desired", 0x8003, true, "c"));
            assertThat(client.next()).isEqualTo(publish("Q-2", "desired", 0x8004, false, "d"));
        }
    }

    private void restart() {
        harness.ingest.close();
        harness.vertx.close().await();
        harness = new Harness(database, Harness.config(), _ -> Diagnosis.none());
    }

    @Test
    void whatIsTooLongForTheDeviceHoldsUpNothing() throws Exception {
        Device device = sleeper(V5, "Q-3", AN_HOUR);
        queue(device, "desired", "x".repeat(500));
        queue(device, "desired", "y");
        byte[] small = {0x11, 0, 0, 0x0e, 0x10, 0x27, 0, 0, 0, 100};
        try (RawClient client = connect(V5, "Q-3", "200100", small)) {
            assertThat(client.next()).endsWith("8002" + "00" + "79");
            client.sendHex("40028002");
            Harness.await("none waits", () -> harness.ingest.sessions().waiting(device) == 0);
        }
        assertThat(harness.registry.get("aftercare.mqtt.downlinks").tag("outcome", "undeliverable")
                .counter().count()).isEqualTo(1);
    }

    @Test
    void noMoreIsUnansweredThanTheDeviceTakes() throws Exception {
        Device device = sleeper(V5, "Q-4", AN_HOUR);
        for (int i = 0; i < 5; i++) {
            queue(device, "desired", "m" + i);
        }
        byte[] two = {0x11, 0, 0, 0x0e, 0x10, 0x21, 0, 2};
        try (RawClient client = connect(V5, "Q-4", "200100", two)) {
            client.next();
            client.next();
            client.sendHex("c000");
            assertThat(client.next()).as("nothing between").isEqualTo("d0");
            // Refused by the device: it is answered all the same, and the next one comes.
            client.sendHex("4003800197");
            assertThat(client.next()).endsWith("80030" + "0" + "6d32");
        }
    }

    @Test
    void whatHasExpiredIsNotSentAndTheRestSaysWhatIsLeft() throws Exception {
        Device device = sleeper(V5, "Q-5", AN_HOUR);
        harness.ingest.sessions().queue(device, "desired", new byte[]{'1'}, Duration.ofMillis(1));
        harness.ingest.sessions().queue(device, "desired", new byte[]{'2'}, Duration.ofMinutes(10));
        try (RawClient client = connect(V5, "Q-5", "200100", AN_HOUR)) {
            String packet = client.next();
            assertThat(packet).contains("8002" + "05" + "02").endsWith("32");
            int left = Integer.parseInt(packet.substring(packet.length() - 10, packet.length() - 2), 16);
            assertThat(left).isBetween(570, 600);
        }
    }

    @Test
    void aFullQueueRefusesAndSaysSo() throws Exception {
        Device device = sleeper(V3, "Q-6");
        byte[] large = new byte[60_000];
        for (int i = 0; i < 17; i++) {
            assertThat(harness.ingest.sessions().queue(device, "desired", large, null))
                    .isEqualTo(Queuing.QUEUED);
        }
        assertThat(harness.ingest.sessions().queue(device, "desired", large, null)).isEqualTo(Queuing.FULL);
        assertThat(harness.ingest.sessions().queue(device, "desired", new byte[70_000], null))
                .isEqualTo(Queuing.TOO_LARGE);
        assertThat(harness.registry.get("aftercare.mqtt.downlinks").tag("outcome", "full").counter().count())
                .isEqualTo(1);
    }

    @Test
    void aCleanStartEndsTheSessionAndWhatWaitsInIt() throws Exception {
        Device device = sleeper(V3, "Q-7");
        queue(device, "desired", "lost with the session");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(V3, "Q-7", "Q-7", Harness.token("Q-7"), 0x02, 30));
            assertThat(client.next()).isEqualTo("200000");
            client.sendHex("c000");
            assertThat(client.next()).isEqualTo("d0");
        }
        Harness.await("the end", () -> !harness.ingest.sessions().isConnected(device.id()));
        assertThat(queue(device, "desired", "x")).isEqualTo(Queuing.NO_SESSION);
    }

    @Test
    void anUnreleasedPacketOfQosTwoIsStillKnownAfterARestart() throws Exception {
        Device device = sleeper(V3, "Q-8");
        byte[] publish = RawClient.publish(V3, 0x04, "devices/Q-8/telemetry", 9, "{\"a\":1}");
        try (RawClient client = connect(V3, "Q-8", "200100")) {
            client.send(publish);
            assertThat(client.next()).isEqualTo("500009");
        }
        Harness.await("the end", () -> !harness.ingest.sessions().isConnected(device.id()));
        restart();
        try (RawClient client = connect(V3, "Q-8", "200100")) {
            client.send(publish);
            assertThat(client.next()).isEqualTo("500009");
            client.sendHex("62020009");
            assertThat(client.next()).isEqualTo("700009");
        }
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.sample")).isEqualTo(1);
    }

    @Test
    void aTakeOverGoesOnWithTheSession() throws Exception {
        Device device = sleeper(V3, "Q-9");
        try (RawClient first = connect(V3, "Q-9", "200100")) {
            queue(device, "desired", "a");
            assertThat(first.next()).startsWith("32");
            try (RawClient second = connect(V3, "Q-9", "200100")) {
                assertThat(second.next()).isEqualTo(publish("Q-9", "desired", 0x8001, true, "a"));
                assertThat(first.next()).isEqualTo("closed");
                second.sendHex("40028001");
                Harness.await("taken", () -> harness.ingest.sessions().waiting(device) == 0);
            }
        }
    }
}
