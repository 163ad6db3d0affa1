package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that come with a certificate of their product's authority, made with openssl, and were never heard of.
class ProductAuthorityIT {
    @TempDir
    private static Path folder = Path.of("");
    private static Certified house;
    private static Certified maker;
    private static Harness harness;

    @BeforeAll
    static void start() throws Exception {
        house = new Certified(Files.createDirectory(folder.resolve("house")));
        house.make("server", "/CN=localhost", "DNS:localhost,IP:127.0.0.1");
        maker = new Certified(Files.createDirectory(folder.resolve("maker")));
        MqttConfig plain = Harness.mqtt();
        harness = new Harness(TestDatabase.create("ingest"),
                IngestConfig.of(new MqttConfig(plain.bind(), new MqttConfig.Ports(0, 0, MqttConfig.OFF,
                        MqttConfig.OFF),
                        new MqttConfig.Tls(house.file("server.pem"), house.file("server.key"), null), false,
                        2, plain.limits())),
                _ -> Diagnosis.none());
        harness.database.jdbi().useHandle(handle -> handle
                .execute("INSERT INTO fleet.product (model, name, document) VALUES ('lock', 'Lock', '{}')"));
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static void register(Certified authority, int devicesMax) throws Exception {
        String pem = Files.readString(authority.file("ca.pem"));
        harness.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.product_authority (fingerprint, model, subject, certificate, devices_max)"
                        + " VALUES ('of the test', 'lock', 'CN=Test CA', ?, ?)",
                pem, devicesMax));
        harness.ingest.endpoint().reload();
    }

    private static Mqtt5BlockingClient client(String certificate) throws Exception {
        return Mqtt5Client.builder().identifier("x").serverHost("127.0.0.1")
                .serverPort(harness.ingest.endpoint().tlsPort())
                .sslConfig(MqttClientSslConfig.builder().trustManagerFactory(house.trust())
                        .keyManagerFactory(maker.identity(certificate)).build())
                .buildBlocking();
    }

    private static void publishes(String certificate, String id) throws Exception {
        Mqtt5BlockingClient client = client(certificate);
        client.connect();
        client.publishWith().topic("devices/" + id + "/telemetry").qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8)).send();
        client.disconnect();
    }

    private static void refused(String certificate) throws Exception {
        assertThatThrownBy(client(certificate)::connect).as(certificate)
                .isInstanceOf(Mqtt5ConnAckException.class);
    }

    private static Optional<Device> device(String id) {
        return harness.devices.find(new DeviceId(id));
    }

    @Test
    void aStrangerOfARegisteredAuthorityBecomesADeviceOfItsProductAndOfNoOther() throws Exception {
        harness.device("PRINTER-1");
        maker.make("one", "/CN=LOCK-1", "");
        refused("one");
        register(maker, 2);
        publishes("one", "LOCK-1");
        assertThat(device("LOCK-1").map(Device::model)).contains("lock");
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.sample")).isEqualTo(1);
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM fleet.audit WHERE action = 'device.provision'"))
                .isEqualTo(1);
        publishes("one", "LOCK-1"); // known by now

        maker.make("thief", "/CN=PRINTER-1", "");
        refused("thief");
        // An authority below the maker's speaks for the maker, not for everybody.
        maker.makeAuthority("line", "/CN=Line 7", "ca");
        maker.make("two", "/CN=LOCK-2", "", "line");
        maker.make("far-thief", "/CN=PRINTER-1", "", "line");
        publishes("two", "LOCK-2");
        refused("far-thief");

        maker.make("three", "/CN=LOCK-3", "");
        refused("three"); // two were allowed
        assertThat(device("LOCK-3")).isEmpty();
        assertThat(harness.client("PRINTER-1").isConnected()).as("a token needs no certificate").isTrue();

        harness.database.jdbi().useHandle(handle -> handle.execute("DELETE FROM fleet.product_authority"));
        refused("one"); // at once, though the handshake still knows the authority
    }
}
