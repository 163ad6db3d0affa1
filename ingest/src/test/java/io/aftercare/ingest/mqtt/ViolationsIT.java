package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ingest.Harness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What breaks the rules of MQTT, packet by packet, and what the endpoint answers. In the tables `{v}` is the telemetry
/// topic of the device V-1 with its length, `{w}` one of another device; an answer is compared as far as it goes, and
/// `closed` comes after it. Where nothing is answered, the connection is closed at once.
class ViolationsIT {
    private static final String TOPIC = "devices/V-1/telemetry";
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
        harness.device("V-1");
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static String hex(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
    }

    private static String filled(String packet) {
        return packet.replace(" ", "").replace("{v}", hex(TOPIC)).replace("{w}",
                hex("devices/V-2/telemetry"));
    }

    /// A first byte and the rest, with the length put between.
    private static byte[] packet(String first, String body) {
        return RawClient.packet(Integer.parseInt(first, 16), HexFormat.of().parseHex(filled(body)));
    }

    private static RawClient connected(int level) throws IOException {
        RawClient client = new RawClient(harness.port());
        client.send(RawClient.connect(level, "v", "V-1", Harness.token("V-1"), 0x02, 30));
        assertThat(client.next()).startsWith("200000");
        return client;
    }

    @ParameterizedTest(name = "MQTT 5: {0}")
    @CsvSource({ //
            "a second CONNECT,                   10, 00044d51545405c2003c00 000176 0003562d31 000178, e082",
            "a CONNACK from a client,            20, 000000,               e082",
            "a SUBACK from a client,             90, 00010000,             e082",
            "an UNSUBACK from a client,          b0, 00010000,             e082",
            "a PINGRESP from a client,           d0, '',                   e082",
            "AUTH without a method agreed,       f0, 1800,                 e082",
            "a PUBREC for nothing sent,          50, 0001,                 e082",
            "a PUBCOMP for nothing sent,         70, 0001,                 e082",
            "packet type 0,                      00, '',                   e081",
            "PUBLISH of QoS 3,                   36, {v} 0001 00 7b7d,     e081",
            "PUBLISH with packet id 0,           32, {v} 0000 00 7b7d,     e081",
            "PUBLISH retained,                   33, {v} 0001 00 7b7d,     e09a",
            "PUBLISH with # in its topic,        32, 000123 0001 00 7b7d,  e081",
            "PUBLISH with + in its topic,        32, 00012b 0001 00 7b7d,  e081",
            "PUBLISH without topic or alias,     32, 0000 0001 00 7b7d,    e082",
            "PUBLISH with alias 0,               32, {v} 0001 03230000 7b, e094",
            "PUBLISH with an alias too high,     32, {v} 0001 03230011 7b, e094",
            "PUBLISH with an alias never given,  32, 0000 0001 03230003 7b, e082",
            "PUBLISH with NUL in its topic,      32, 0003610061 0001 00,   e081",
            "PUBLISH with a topic not in UTF-8,  32, 0002c328 0001 00,     e081",
            "PUBLISH with a surrogate,           32, 0003eda080 0001 00,   e081",
            "PUBLISH with payload format 2,      32, {v} 0001 020102 7b7d, e082",
            "PUBLISH with a subscription id,     32, {v} 0001 020b01 7b7d, e082",
            "PUBLISH with an unknown property,   32, {v} 0001 027f01 7b7d, e081",
            "PUBLISH shorter than its topic,     32, 0040 61,              e081",
            "SUBSCRIBE with reserved bits wrong, 80, 0001 00 000161 00,    e081",
            "SUBSCRIBE with packet id 0,         82, 0000 00 000161 00,    e081",
            "SUBSCRIBE to nothing,               82, 0001 00,              e082",
            "SUBSCRIBE of QoS 3,                 82, 0001 00 000161 03,    e081",
            "SUBSCRIBE with retain handling 3,   82, 0001 00 000161 30,    e081",
            "SUBSCRIBE with a subscription id,   82, 0001 020b01 000161 00, e0a1",
            "UNSUBSCRIBE with reserved bits,     a0, 0001 00 000161,       e081",
            "UNSUBSCRIBE from nothing,           a2, 0001 00,              e082",
            "PUBREL with reserved bits wrong,    60, 0001,                 e081",
            "PUBACK with flags,                  42, 0001,                 e081",
            "PINGREQ with a body,                c0, 00,                   e081",
            "PINGREQ with flags,                 c1, '',                   e081",
            "DISCONNECT with flags,              e1, '',                   e081",
            "DISCONNECT that begins to expire,   e0, 00 05 11 0000000a,    e082",
    })
    void breakingARuleEndsTheConnectionWithTheReason(String name, String first, String body, String answer)
            throws IOException {
        try (RawClient client = connected(5)) {
            client.send(packet(first, body));
            assertThat(client.next()).as(name).startsWith(answer);
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @ParameterizedTest(name = "MQTT 3.1.1: {0}")
    @CsvSource({ //
            "a second CONNECT,                   10, 00044d51545404c2003c 000176 0003562d31 000178",
            "AUTH,                               f0, 1800",
            "PUBLISH of QoS 3,                   36, {v} 0001 7b7d",
            "PUBLISH without a topic,            32, 0000 0001 7b7d",
            "PUBLISH to a foreign topic,         32, {w} 0001 7b7d",
            "PUBLISH with NUL in its topic,      32, 0003610061 0001",
            "SUBSCRIBE to nothing,               82, 0001",
            "UNSUBSCRIBE from nothing,           a2, 0001",
            "SUBSCRIBE with reserved bits wrong, 80, 0001 000161 00",
            "PUBREL with reserved bits wrong,    60, 0001",
    })
    void anOlderClientIsClosedWithoutAWord(String name, String first, String body) throws IOException {
        try (RawClient client = connected(4)) {
            client.send(packet(first, body));
            assertThat(client.next()).as(name).isEqualTo("closed");
        }
    }

    @ParameterizedTest(name = "not an end: {0}")
    @CsvSource({ //
            "PUBLISH to a foreign topic,          5, 32, {w} 0001 00 7b7d,             40000187",
            "PUBLISH to no topic of the protocol, 5, 32, 000d646576696365732f562d312f78 0001 00 7b7d, 40000190",
            "PUBLISH that is no JSON,             5, 32, {v} 0001 00 7b,               40000199",
            "PUBLISH that says text and is none,  5, 32, {v} 0001 020101 ff,           40000199",
            "PUBLISH with an expiry and a user's property, 5, 32, {v} 0001 0c 02 00000001 26 0001 61 0001 62 7b2261223a317d, 400001",
            "PUBREL for nothing,                  5, 62, 0007,                         70000792",
            "PUBREL for nothing,                  4, 62, 0007,                         700007",
            "PUBACK for nothing; the PING is answered, 5, 40, 0007 , -",
            "UNSUBSCRIBE from what is not there,  5, a2, 0003 00 000161,               b000030011",
            "UNSUBSCRIBE from what is not there,  4, a2, 0003 000161,                  b00003",
            "SUBSCRIBE to a foreign topic,        5, 82, 0003 00 {w} 01,               9000030087",
            "SUBSCRIBE to a foreign topic,        4, 82, 0003 {w} 01,                  90000380",
            "SUBSCRIBE to all,                    5, 82, 0003 00 000123 01,            9000030087",
            "SUBSCRIBE to $SYS,                   5, 82, 0003 00 0006 245359532f23 01, 9000030087",
            "SUBSCRIBE to a shared topic,         5, 82, 0003 00 0008 2473686172652f67 01, 900003009e",
            "SUBSCRIBE to a filter that is none,  5, 82, 0003 00 0003 612362 01,       900003008f",
            "SUBSCRIBE at QoS 2 is granted 1,     5, 82, 0003 00 {v} 02,               9000030001",
            "SUBSCRIBE with no local and retain as published, 5, 82, 0003 00 {v} 1d,   9000030001",
            "SUBSCRIBE to two,                    4, 82, 0003 {v} 01 {w} 00,           9000030180",
    })
    void whatIsRefusedIsAnsweredAndTheConnectionStays(String name, int level, String first, String body,
            String answer) throws IOException {
        try (RawClient client = connected(level)) {
            client.send(packet(first, body));
            if (!answer.equals("-")) {
                assertThat(client.next()).as(name).isEqualTo(answer);
            }
            client.sendHex("c000");
            assertThat(client.next()).isEqualTo("d0");
        }
    }

    /// CONNECT flags and properties: `{id}` stands for client id, user name and password of V-1.
    @ParameterizedTest(name = "CONNECT: {0}")
    @CsvSource({ //
            "with the reserved flag,             00044d51545405c3003c00 {id},           closed",
            "with will QoS but no will,          00044d51545405ca003c00 {id},           200081",
            "with will QoS 3,                    00044d51545405de003c00 000176 00 0001610000 {user}, 200081",
            "with a retained will,               00044d51545405e6003c00 000176 00 {will} {user}, 20009a",
            "with another's will,                00044d51545405c6003c00 000176 00 {other} {user}, 200087",
            "with a will delayed,                00044d51545405c6003c00 000176 05 1800000005 {will} {user}, 200000",
            "with receive maximum 0,             00044d51545405c2003c03 210000 {id},    200082",
            "with maximum packet size 0,         00044d51545405c2003c05 2700000000 {id}, 200082",
            "with request problem information 2, 00044d51545405c2003c02 1702 {id},      200082",
            "with authentication data alone,     00044d51545405c2003c04 16000100 {id},  200082",
            "with an authentication method,      00044d51545405c2003c04 15000161 {id},  20008c",
            "of MQTT 6,                          00044d51545406c2003c00 {id},           200001",
            "of MQTT 3.1,                        00064d514973647003c2003c {id},         200000",
            "with a password and no user name,   00044d515454044200 3c 000176 000178,   closed",
            "with a password and no user name in MQTT 5, 00044d515454054200 3c 00 000176 000178, 200087",
            "without anything,                   00044d5154540402003c 0000,             200005",
            "without client id and not clean,    00044d51545404c0003c 0000 {user},      200002",
            "without client id in MQTT 5,        00044d51545405c0003c00 0000 {user},    200000",
            "with bytes left over,               00044d51545404c2003c {id} 00,          closed",
    })
    void aConnectIsLookedAtClosely(String name, String body, String answer) throws IOException {
        String user = hex("V-1") + hex(Harness.token("V-1"));
        String connect = body.replace("{id}", "000176" + user).replace("{user}", user)
                .replace("{will}", hex("devices/V-1/event") + "0000")
                .replace("{other}", hex("devices/V-2/event") + "0000");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(packet("10", connect));
            assertThat(client.next()).as(name).startsWith(answer);
        }
    }

    @Test
    void noMoreQosTwoIsLeftUnreleasedThanMayBe() throws IOException {
        harness.device("V-3");
        int max = MqttConfig.Limits.DEFAULT.receiveMax();
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(5, "v", "V-3", Harness.token("V-3"), 0x02, 30));
            client.next();
            var all = new ByteArrayOutputStream();
            for (int packet = 1; packet <= max; packet++) {
                all.writeBytes(RawClient.publish(5, 0x04, "devices/V-3/telemetry", packet, "{}"));
            }
            client.send(all.toByteArray());
            for (int packet = 1; packet <= max; packet++) {
                assertThat(client.next()).startsWith("50");
            }
            client.sendHex("62020001");
            assertThat(client.next()).isEqualTo("700001");
            client.send(RawClient.publish(5, 0x04, "devices/V-3/telemetry", 1, "{}"));
            assertThat(client.next()).startsWith("500001");
            client.send(RawClient.publish(5, 0x04, "devices/V-3/telemetry", max + 1, "{}"));
            assertThat(client.next()).startsWith("e093");
        }
    }

    @Test
    void noMoreIsSubscribedToThanMayBe() throws IOException {
        try (RawClient client = connected(5)) {
            for (int i = 1; i <= Subscriptions.COUNT_MAX; i++) {
                client.send(RawClient.subscribe(5, i, "devices/V-1/t" + i, 1));
                assertThat(client.next()).endsWith("0001");
            }
            client.send(RawClient.subscribe(5, 99, "devices/V-1/more", 1));
            assertThat(client.next()).isEqualTo("9000630097");
        }
    }

    @Test
    void aByteNowAndThenIsNoSignOfLife() throws IOException {
        harness.device("V-4");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(5, "v", "V-4", Harness.token("V-4"), 0x02, 1));
            client.next();
            long began = System.nanoTime();
            client.sendHex("3020");
            Thread trickle = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 30; i++) {
                        client.sendHex("00");
                        LockSupport.parkNanos(100_000_000);
                    }
                } catch (IOException e) {
                    Thread.currentThread().interrupt(); // the endpoint has closed, as it should
                }
            });
            assertThat(client.next()).startsWith("e08d");
            assertThat(System.nanoTime() - began).isLessThan(4_200_000_000L);
            trickle.interrupt();
        }
    }

    @Test
    void aKeepAliveThatIsTooLongIsShortenedForThoseWhoCanHearIt() throws IOException {
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(5, "v", "V-1", Harness.token("V-1"), 0x02, 0));
            assertThat(client.next()).contains("130e10");
        }
    }
}
