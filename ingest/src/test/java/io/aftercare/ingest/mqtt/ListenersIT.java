package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import io.aftercare.ingest.mqtt.wire.Doorstep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways in, by HiveMQ's client and by hand: TLS with names in certificates and certificates that change, WebSocket
/// ([ClientsIT] has more), the PROXY protocol, and what is closed at the door.
class ListenersIT {
    @TempDir
    private static Path folder = Path.of("");
    private static Certified certified;
    private static Harness secure;
    private static Harness proxied;

    @BeforeAll
    static void start() throws Exception {
        certified = new Certified(folder);
        certified.make("server", "/CN=localhost", "DNS:localhost,IP:127.0.0.1");
        certified.make("next", "/CN=localhost/O=next", "DNS:localhost,IP:127.0.0.1");
        Files.copy(certified.file("server.pem"), certified.file("used.pem"));
        Files.copy(certified.file("server.key"), certified.file("used.key"));
        MqttConfig plain = Harness.mqtt();
        secure = harness(new MqttConfig(plain.bind(), new MqttConfig.Ports(0, 0, 0, 0), new MqttConfig.Tls(
                certified.file("used.pem"), certified.file("used.key"), certified.file("ca.pem")), false, 2,
                plain.limits()));
        proxied = harness(new MqttConfig(plain.bind(), plain.ports(), null, true, 2,
                plain.limits().withPerAddressMax(3)));
    }

    private static Harness harness(MqttConfig config) {
        return new Harness(TestDatabase.create("ingest"), IngestConfig.of(config), _ -> Diagnosis.none());
    }

    @AfterAll
    static void stop() {
        secure.close();
        proxied.close();
    }

    private static Mqtt5ClientBuilder client(String certificate) throws Exception {
        return Mqtt5Client.builder().identifier("x").serverHost("127.0.0.1")
                .serverPort(secure.ingest.endpoint().tlsPort())
                .sslConfig(MqttClientSslConfig.builder().trustManagerFactory(certified.trust())
                        .keyManagerFactory(certified.identity(certificate)).build());
    }

    private static void publish(Mqtt5BlockingClient client, String id) {
        client.connect();
        client.publishWith().topic("devices/" + id + "/telemetry").qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8)).send();
        client.disconnect();
    }

    private static int stored(Harness harness, Device device) {
        return harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number());
    }

    @Test
    void aCertificateNamesTheDeviceByItsCommonNameOrByAnAlternativeName() throws Exception {
        Device byName = secure.device("T-1");
        Device byDns = secure.device("t-2.local");
        Device byUri = secure.device("T-3");
        certified.make("cn", "/CN=T-1", "");
        certified.make("dns", "/O=Maker", "DNS:t-2.local");
        certified.make("uri", "/CN=a printer", "URI:urn:maker:device:T-3");
        publish(client("cn").buildBlocking(), "T-1");
        publish(client("dns").buildBlocking(), "t-2.local");
        publish(client("uri").buildBlocking(), "T-3");
        assertThat(stored(secure, byName)).isEqualTo(1);
        assertThat(stored(secure, byDns)).isEqualTo(1);
        assertThat(stored(secure, byUri)).isEqualTo(1);
    }

    @Test
    void aUserNameChoosesAmongTheNamesAndOnlyAmongThem() throws Exception {
        secure.device("T-4");
        Device second = secure.device("T-5");
        certified.make("two", "/CN=T-4", "DNS:T-5");
        publish(client("two").simpleAuth().username("T-5").applySimpleAuth().buildBlocking(), "T-5");
        assertThat(stored(secure, second)).isEqualTo(1);
        Mqtt5BlockingClient other = client("two").simpleAuth().username("T-1").applySimpleAuth()
                .buildBlocking();
        assertThatThrownBy(other::connect).isInstanceOfSatisfying(Mqtt5ConnAckException.class,
                e -> assertThat(e.getMqttMessage().getReasonCode())
                        .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void webSocketsWithTlsAreADoorToo() throws Exception {
        Device device = secure.device("T-6");
        certified.make("wss", "/CN=T-6", "");
        publish(client("wss").serverPort(secure.ingest.endpoint().webTlsPort()).webSocketConfig()
                .serverPath("mqtt").applyWebSocketConfig().buildBlocking(), "T-6");
        assertThat(stored(secure, device)).isEqualTo(1);
        Harness.await("the log", () -> secure.one(Integer.class,
                "SELECT count(*) FROM ingest.connectivity WHERE detail LIKE '%over WebSocket with TLS from 127.0.0.1'") > 0);
    }

    @Test
    void aChangedCertificateIsTakenWhileConnectionsStayAndABrokenOneIsNot() throws Exception {
        secure.device("T-7");
        certified.make("stay", "/CN=T-7", "");
        Mqtt5BlockingClient stays = client("stay").buildBlocking();
        stays.connect();
        assertThat(shown()).doesNotContain("O=next");

        Files.writeString(certified.file("used.pem"), "no certificate");
        secure.ingest.endpoint().reload();
        assertThat(shown()).doesNotContain("O=next");
        // The certificate is there, its key is not yet.
        copy("next.pem", "used.pem");
        secure.ingest.endpoint().reload();
        assertThat(shown()).doesNotContain("O=next");
        assertThat(changes("refused")).isEqualTo(2);

        copy("next.key", "used.key");
        Harness.await("the new one, by itself", () -> changes("taken") == 1);
        assertThat(shown()).contains("O=next");
        stays.publishWith().topic("devices/T-7/telemetry").qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8)).send();
        stays.disconnect();
    }

    private static void copy(String from, String to) throws IOException {
        Files.copy(certified.file(from), certified.file(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private static double changes(String outcome) {
        return secure.registry.get("aftercare.mqtt.certificate.changes").tag("outcome", outcome).counter()
                .count();
    }

    /// The subject of the certificate that a new connection sees.
    private static String shown() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certified.identity("next").getKeyManagers(), certified.trust().getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1",
                secure.ingest.endpoint().tlsPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void aProxySaysWhereAConnectionComesFrom() throws Exception {
        proxied.device("X-1");
        byte[] connect = RawClient.connect(4, "x", "X-1", Harness.token("X-1"), 2, 30);
        try (RawClient first = new RawClient(proxied.port())) {
            first.send("PROXY TCP4 10.1.2.3 10.0.0.1 40000 1883\r\n".getBytes(StandardCharsets.US_ASCII),
                    connect);
            assertThat(first.next()).isEqualTo("200000");
        }
        try (RawClient second = new RawClient(proxied.port())) {
            second.sendHex("0d0a0d0a000d0a515549540a" + "2111000c" + "0a090807" + "0a000001" + "9c40075b");
            second.send(connect);
            assertThat(second.next()).isEqualTo("200000");
        }
        try (RawClient nobody = new RawClient(proxied.port())) {
            nobody.send(connect);
            assertThat(nobody.next()).isEqualTo("closed");
        }
        Harness.await("the log", () -> proxied.one(Integer.class,
                """
                        SELECT count(DISTINCT detail) FROM ingest.connectivity
                        WHERE detail LIKE 'MQTT 3.1.1 from 10.1.2.3%' OR detail LIKE 'MQTT 3.1.1 from 10.9.8.7%'""") == 2);
    }

    @Test
    void oneAddressHasNoMoreConnectionsThanItMay() throws Exception {
        byte[] here = "PROXY TCP4 10.7.7.7 10.0.0.1 40000 1883\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] elsewhere = "PROXY TCP4 10.7.7.8 10.0.0.1 40000 1883\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        RawClient[] open = new RawClient[3];
        for (int i = 0; i < 3; i++) {
            proxied.device("X-1" + i);
            open[i] = new RawClient(proxied.port());
            open[i].send(here, RawClient.connect(4, "x", "X-1" + i, Harness.token("X-1" + i), 2, 30));
            assertThat(open[i].next()).isEqualTo("200000");
        }
        try (RawClient more = new RawClient(proxied.port());
                RawClient other = new RawClient(proxied.port())) {
            more.send(here);
            assertThat(more.next()).isEqualTo("closed");
            proxied.device("X-19");
            other.send(elsewhere, RawClient.connect(4, "x", "X-19", Harness.token("X-19"), 2, 30));
            assertThat(other.next()).isEqualTo("200000");
        }
        assertThat(proxied.registry.get("aftercare.mqtt.refused").tag("bound", "address").counter().count())
                .isEqualTo(1);
        open[0].close();
        Harness.await("room again", () -> {
            try (RawClient again = new RawClient(proxied.port())) {
                again.send(here, RawClient.connect(4, "x", "X-10", Harness.token("X-10"), 2, 30));
                return again.next().equals("200000");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        open[1].close();
        open[2].close();
    }

    @Test
    void aFirstPacketThatIsTooLongOrNeverWholeIsNotWaitedFor() throws Exception {
        try (RawClient bomb = new RawClient(secure.port())) {
            bomb.send(HexFormat.of().parseHex("10ffff0f00044d51545404c2003cffff"),
                    new byte[3 * Doorstep.BYTES_MAX]);
            assertThat(bomb.next()).isEqualTo("closed");
        }
        try (RawClient slow = new RawClient(secure.port())) {
            slow.sendHex("10200004");
            assertThat(slow.next()).isEqualTo("closed");
        }
    }
}
