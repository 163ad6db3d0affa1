package io.aftercare.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.ingest.Harness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// MQTT as it looks on the wire.
class ProtocolIT {
    private static final int V3 = 4;
    private static final int V5 = 5;
    private static final int CLEAN = 0x02;
    private static final int QOS1 = 0x02;
    private static final int QOS2 = 0x04;
    private static final int DUP = 0x08;
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static RawClient connected(int level, String id) throws IOException {
        RawClient client = new RawClient(harness.port());
        client.send(RawClient.connect(level, id, id, Harness.token(id), CLEAN, 30));
        assertThat(client.next()).startsWith("200000");
        return client;
    }

    private static String connectAnswer(byte[] connect) throws IOException {
        try (RawClient client = new RawClient(harness.port())) {
            client.send(connect);
            return client.next() + " " + client.next();
        }
    }

    private static int stored(Device device) {
        return harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number());
    }

    @Test
    void strangersAndWrongTokensGetTheSameAnswer() throws Exception {
        harness.device("C-1");
        String right = Harness.token("C-1");
        assertThat(connectAnswer(RawClient.connect(V3, "x", "C-1", "wrong", CLEAN, 30)))
                .isEqualTo("200005 closed");
        assertThat(connectAnswer(RawClient.connect(V3, "x", "nobody", right, CLEAN, 30)))
                .isEqualTo("200005 closed");
        assertThat(connectAnswer(RawClient.connect(V3, "x", "no/body", right, CLEAN, 30)))
                .isEqualTo("200005 closed");
        assertThat(connectAnswer(RawClient.connect(V5, "x", "C-1", "wrong", CLEAN, 30)))
                .isEqualTo("20008700 closed");
        assertThat(connectAnswer(RawClient.connect(V5, "x", "nobody", right, CLEAN, 30)))
                .isEqualTo("20008700 closed");
        assertThat(connectAnswer(RawClient.connect(V3, "", "C-1", right, 0, 30))).isEqualTo("200002 closed");
        assertThat(connectAnswer(RawClient.connect(9, "x", "C-1", right, CLEAN, 30))).startsWith("200001");
    }

    @Test
    void whatIsNoConnectIsNotHeard() throws Exception {
        for (String first : new String[]{"c000", "300b000574656c65746d7b7d", "00", "f000", "10ffffffffff",
                "e000",
                "8206000100016100"}) {
            try (RawClient client = new RawClient(harness.port())) {
                client.sendHex(first);
                assertThat(client.next()).as(first).isEqualTo("closed");
            }
        }
    }

    @Test
    void aViolationEndsTheConnectionWithItsReason() throws Exception {
        harness.device("C-2");
        String topic = "devices/C-2/telemetry";
        assertViolation(RawClient.connect(V5, "x", "C-2", Harness.token("C-2"), CLEAN, 30), "e082");
        assertViolation(RawClient.publish(V5, 0x06, topic, 1, "{}"), "e081");
        assertViolation(RawClient.publish(V5, QOS1 | 1, topic, 1, "{}"), "e09a");
        assertViolation(RawClient.publish(V5, QOS1, "", 1, "{}"), "e082");
        assertViolation(RawClient.publish(V5, QOS1, topic, 0, "{}"), "e081");
        // only its beginning: the length alone is too much, and who goes on sending may miss the answer
        assertViolation(Arrays.copyOf(RawClient.publish(V5, QOS1, topic, 1, "x".repeat(300_000)), 100),
                "e095");
        assertViolation(RawClient.packet(0x80, new byte[]{0, 1, 0, 0, 1, 'a', 0}), "e081");
        assertViolation(RawClient.packet(0xF0, new byte[]{0x18, 0}), "e082");
    }

    private static void assertViolation(byte[] packet, String answer) throws IOException {
        try (RawClient client = connected(V5, "C-2")) {
            client.send(packet);
            assertThat(client.next()).startsWith(answer);
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @Test
    void otherDevicesTopicsAreOutOfReachAndAudited() throws Exception {
        harness.device("C-3");
        try (RawClient client = connected(V5, "C-3")) {
            client.send(RawClient.publish(V5, QOS1, "devices/C-1/telemetry", 7, "{\"a\":1}"));
            assertThat(client.next()).isEqualTo("40000787");
            for (String filter : new String[]{"#", "+/+/#", "devices/C-1/#", "devices/+/desired",
                    "devices/C-3", "$SYS/#",
                    "devices/C-33/x"}) {
                client.send(RawClient.subscribe(V5, 8, filter, 1));
                assertThat(client.next()).as(filter).isEqualTo("9000080087");
            }
            client.send(RawClient.subscribe(V5, 9, "$share/g/devices/C-3/#", 1),
                    RawClient.subscribe(V5, 10, "devices/C-3/a#", 1),
                    RawClient.subscribe(V5, 11, "devices/C-3/#", 2));
            assertThat(client.next()).isEqualTo("900009009e");
            assertThat(client.next()).isEqualTo("90000a008f");
            assertThat(client.next()).isEqualTo("90000b0001");
        }
        try (RawClient client = connected(V3, "C-3")) {
            client.send(RawClient.subscribe(V3, 8, "#", 1));
            assertThat(client.next()).isEqualTo("90000880");
            client.send(RawClient.publish(V3, QOS1, "devices/C-1/telemetry", 7, "{\"a\":1}"));
            assertThat(client.next()).isEqualTo("closed");
        }
        Harness.await("the audit", () -> harness.one(Integer.class,
                "SELECT count(*) FROM fleet.audit WHERE action = 'device.trespass' AND object = 'device/C-3'") == 2);
        assertThat(harness.registry.get("aftercare.mqtt.trespasses").counter().count())
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void theSecondSessionTakesTheFirstOver() throws Exception {
        harness.device("C-4");
        try (RawClient first = connected(V5, "C-4"); RawClient second = connected(V3, "C-4")) {
            assertThat(first.next()).startsWith("e08e");
            assertThat(first.next()).isEqualTo("closed");
            second.sendHex("c000");
            assertThat(second.next()).isEqualTo("d0");
            assertThat(harness.ingest.sessions().isConnected(new DeviceId("C-4")))
                    .isTrue();
        }
    }

    @Test
    void qosTwoIsDoneOnceHoweverOftenItIsSent() throws Exception {
        Device device = harness.device("C-5");
        String topic = "devices/C-5/telemetry";
        try (RawClient client = connected(V3, "C-5")) {
            client.send(RawClient.publish(V3, QOS2, topic, 5, "{\"a\":1}"));
            assertThat(client.next()).isEqualTo("500005");
            client.send(RawClient.publish(V3, QOS2 | DUP, topic, 5, "{\"a\":1}"));
            assertThat(client.next()).isEqualTo("500005");
            client.sendHex("62020005");
            assertThat(client.next()).isEqualTo("700005");
            assertThat(stored(device)).isEqualTo(1);
            client.send(RawClient.publish(V3, QOS2, topic, 5, "{\"a\":1}"));
            assertThat(client.next()).isEqualTo("500005");
            assertThat(stored(device)).isEqualTo(2);
        }
    }

    @Test
    void aMessageWithoutTimeSentAgainAfterAReconnectIsStoredOnce() throws Exception {
        Device device = harness.device("C-6");
        String topic = "devices/C-6/telemetry";
        try (RawClient client = connected(V3, "C-6")) {
            client.send(RawClient.publish(V3, QOS1, topic, 1, "{\"a\":1}"),
                    RawClient.publish(V3, QOS1, topic, 2, "{\"a\":1}"));
            assertThat(client.next() + client.next()).isEqualTo("400001400002");
        }
        try (RawClient client = connected(V3, "C-6")) {
            client.send(RawClient.publish(V3, QOS1 | DUP, topic, 1, "{\"a\":1}"),
                    RawClient.publish(V3, QOS1 | DUP, topic, 2, "{\"a\":1}"),
                    RawClient.publish(V3, QOS1 | DUP, topic, 3, "{\"a\":1}"),
                    RawClient.publish(V3, QOS1, topic, 1, "{\"a\":1}"));
            assertThat(client.next() + client.next() + client.next() + client.next())
                    .isEqualTo("400001400002400003400001");
        }
        assertThat(stored(device)).isEqualTo(4);
    }

    @Test
    void topicAliasesStandForTheirTopics() throws Exception {
        Device device = harness.device("C-7");
        try (RawClient client = connected(V5, "C-7")) {
            byte[] named = {0, 21, 'd', 'e', 'v', 'i', 'c', 'e', 's', '/', 'C', '-', '7', '/', 't', 'e', 'l',
                    'e', 'm', 'e',
                    't', 'r', 'y', 0, 1, 3, 0x23, 0, 2, '{', '"', 'a', '"', ':', '1', '}'};
            byte[] aliased = {0, 0, 0, 2, 3, 0x23, 0, 2, '{', '"', 'a', '"', ':', '2', '}'};
            client.send(RawClient.packet(0x32, named), RawClient.packet(0x32, aliased));
            assertThat(client.next() + client.next()).isEqualTo("400001400002");
            assertThat(stored(device)).isEqualTo(2);
            client.send(RawClient.packet(0x32, new byte[]{0, 0, 0, 3, 3, 0x23, 0, 99, '{', '}'}));
            assertThat(client.next()).startsWith("e094");
        }
    }

    @Test
    void aSilentConnectionIsEndedAfterOneAndAHalfKeepAlives() throws Exception {
        harness.device("C-8");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(V5, "x", "C-8", Harness.token("C-8"), CLEAN, 1));
            client.next();
            assertThat(client.next()).startsWith("e08d");
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @Test
    void aKeptSessionStillHasItsSubscriptions() throws Exception {
        Device device = harness.device("C-9");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(V3, "me", "C-9", Harness.token("C-9"), 0, 30));
            assertThat(client.next()).isEqualTo("200000");
            client.send(RawClient.subscribe(V3, 1, "devices/C-9/desired", 1));
            assertThat(client.next()).isEqualTo("90000101");
        }
        Harness.await("the end", () -> !harness.ingest.sessions().isConnected(device.id()));
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(V3, "me", "C-9", Harness.token("C-9"), 0, 30));
            assertThat(client.next()).isEqualTo("200100");
            assertThat(harness.ingest.sessions().send(device.id(), "desired", new byte[]{'x'})).isTrue();
            assertThat(client.next()).startsWith("32").endsWith("000178");
        }
        Harness.await("twice reachable", () -> harness.heard.calls().stream()
                .filter(call -> call.equals("reachable C-9 offer false")).count() == 2);
    }

    @Test
    void theWillOfAConnectionThatBreaksIsPublished() throws Exception {
        harness.device("C-10");
        var body = new ByteArrayOutputStream();
        byte[] connect = RawClient.connect(V3, "w", "C-10", Harness.token("C-10"), CLEAN | 0x04, 30);
        // Variable header and client id end at byte 15; the will goes between.
        int cut = 2 + 10 + 3;
        body.write(connect, 2, cut - 2);
        body.writeBytes(new byte[]{0, 18});
        body.writeBytes("devices/C-10/event".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(new byte[]{0, 15});
        body.writeBytes("{\"code\":\"gone\"}".getBytes(StandardCharsets.UTF_8));
        body.write(connect, cut, connect.length - cut);
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.packet(0x10, body.toByteArray()));
            assertThat(client.next()).isEqualTo("200000");
        }
        Harness.await("the will",
                () -> harness.one(Integer.class,
                        "SELECT count(*) FROM ingest.event WHERE code = 'gone'") == 1);
    }
}
