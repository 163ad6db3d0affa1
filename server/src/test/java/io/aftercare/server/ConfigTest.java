package io.aftercare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.diagnostics.engine.EngineConfig;
import io.aftercare.diagnostics.incident.IncidentConfig;
import io.aftercare.ota.ddi.DdiConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    private Path folder = Path.of("");

    private static Config config(Map<String, String> environment, @Nullable Path file) {
        return Config.from(Settings.read(environment, file));
    }

    private static void refuses(String variable, String value, String remedy) {
        assertThatThrownBy(() -> config(Map.of(variable, value), null)).isInstanceOf(StartupException.class)
                .hasMessageStartingWith(variable + "=").hasMessageContaining(remedy)
                .hasMessageNotContaining(System.lineSeparator());
    }

    @Test
    void nothingSetGivesTheStandards() {
        Config config = config(Map.of(), null);
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.mqttPort()).isEqualTo(1883);
        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.tls()).isEmpty();
        assertThat(config.doors()).isEqualTo(new Config.Doors(OptionalInt.empty(), OptionalInt.empty(),
                OptionalInt.empty(), false, 0));
        assertThat(config.database()).isEmpty();
        assertThat(config.engine()).isEqualTo(EngineConfig.DEFAULT);
        assertThat(config.currency().getCurrencyCode()).isEqualTo("CNY");
        assertThat(config.incidents()).isEqualTo(IncidentConfig.DEFAULT);
    }

    @Test
    void whatIsAnIncidentIsToldByThreeSettings() {
        IncidentConfig incidents = config(Map.of("AFTERCARE_INCIDENT_DEVICES", "12",
                "AFTERCARE_INCIDENT_SHARE", "0.2", "AFTERCARE_INCIDENT_WINDOW", "PT30M"), null).incidents();
        assertThat(incidents.devicesMin()).isEqualTo(12);
        assertThat(incidents.shareMin()).isEqualTo(0.2);
        assertThat(incidents.window()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void theEnginesBoundsAreSettings() {
        Config config = config(Map.of("AFTERCARE_RULE_LATE", "PT1H", "AFTERCARE_SILENCE_GRACE", "PT0S",
                "AFTERCARE_RULE_BUDGET", "9000"), null);
        assertThat(config.engine().time().lateMicros()).isEqualTo(3_600_000_000L);
        assertThat(config.engine().silenceGrace()).isZero();
        assertThat(config.engine().ruleBudget()).isEqualTo(Duration.ofNanos(9_000));
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("aftercare.yaml"), "http-port: 9001\nmqtt_port: 9002\n");
        Config config = config(Map.of("AFTERCARE_HTTP_PORT", "9003"), file);
        assertThat(config.httpPort()).isEqualTo(9003);
        assertThat(config.mqttPort()).isEqualTo(9002);
    }

    @Test
    void everyWrongSettingIsNamedWithItsValueAndItsRemedy() {
        refuses("AFTERCARE_HTTP_PORT", "eighty", "a port from 1 to 65535");
        refuses("AFTERCARE_MQTT_PORT", "70000", "a port from 1 to 65535");
        refuses("AFTERCARE_BUS", "carrier-pigeon", "one of local");
        refuses("AFTERCARE_BROKER_URL", "mqtt://other", "its own endpoint");
        refuses("AFTERCARE_DATABASE_URL", "postgres://db", "jdbc:postgresql://");
        refuses("AFTERCARE_TLS_CERT", "/nowhere.pem", "no such file");
        refuses("AFTERCARE_BIND", "not an address", "an address of this machine");
        refuses("AFTERCARE_PUBLIC_URL", "care", "https://");
        refuses("AFTERCARE_ARTIFACTS", "/var/firmware", "s3://bucket/prefix");
        refuses("AFTERCARE_S3_ENDPOINT", "minio", "https://minio.example.com:9000");
        refuses("AFTERCARE_RULE_LATE", "P2D", "PT0S to PT24H is needed, such as PT10M");
        refuses("AFTERCARE_SILENCE_GRACE", "soon", "PT0S to PT1H is needed, such as PT2M");
        refuses("AFTERCARE_RULE_BUDGET", "0", "a whole number from 1 to");
        refuses("AFTERCARE_LOG_FORMAT", "xml", "one of text, json");
        refuses("AFTERCARE_MQTT_WS_PORT", "ws", "a port from 1 to 65535");
        refuses("AFTERCARE_PROXY_PROTOCOL", "v2", "one of off, on");
        refuses("AFTERCARE_MQTT_CONNECTIONS_PER_ADDRESS", "-1", "a whole number is needed");
        refuses("AFTERCARE_INCIDENT_DEVICES", "1", "one device is no incident");
        refuses("AFTERCARE_INCIDENT_DEVICES", "many", "a whole number from 1");
        refuses("AFTERCARE_INCIDENT_SHARE", "1.5", "a share from 0 to 1");
        refuses("AFTERCARE_INCIDENT_SHARE", "NaN", "a share from 0 to 1");
        refuses("AFTERCARE_INCIDENT_WINDOW", "1h", "such as PT1H");
        refuses("AFTERCARE_INCIDENT_WINDOW", "PT1S", "PT1M to P7D");
        refuses("AFTERCARE_CURRENCY", "RMB", "ISO 4217 is needed, such as CNY");
    }

    @Test
    void aSecretIsNeverShown() {
        assertThatThrownBy(() -> config(Map.of("AFTERCARE_ADMIN_PASSWORD", "hunter2"), null))
                .hasMessage("AFTERCARE_ADMIN_PASSWORD=***: at least 10 characters are needed");
    }

    @Test
    void tlsNeedsItsFiles() {
        assertThatThrownBy(() -> config(Map.of("AFTERCARE_MQTTS_PORT", "8883"), null))
                .hasMessageStartingWith("AFTERCARE_TLS_CERT=").hasMessageContaining("certificate");
    }

    @Test
    void aWrongFileIsNamedWithTheReason() throws IOException {
        Path unknown = Files.writeString(folder.resolve("a.yaml"), "htp-port: 1\n");
        assertThatThrownBy(() -> config(Map.of(), unknown))
                .hasMessageContaining("there is no setting htp-port");
        Path broken = Files.writeString(folder.resolve("b.yaml"), "a: [1\n");
        assertThatThrownBy(() -> config(Map.of(), broken)).hasMessageContaining("not YAML");
        assertThatThrownBy(() -> config(Map.of(), folder.resolve("none.yaml")))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aDataDirectoryHasOneBackend() {
        try (DataDirectory first = DataDirectory.open(folder.resolve("data"))) {
            assertThat(first.path()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(first.path())).isInstanceOf(StartupException.class)
                    .hasMessageContaining("another backend uses this folder");
        }
        DataDirectory.open(folder.resolve("data")).close();
    }

    @Test
    void pollingDevicesAreServedAsTheSettingsSay() {
        assertThat(config(Map.of(), null).ddi()).isEqualTo(DdiConfig.USUAL);
        Map<String, String> gateway = Map.of("AFTERCARE_DDI_GATEWAY_TOKEN", "0123456789abcdef",
                "AFTERCARE_DDI_PRODUCT", "LP-2000", "AFTERCARE_DDI_POLL", "PT30S", "AFTERCARE_DDI_PROOF",
                "closed");
        assertThat(config(gateway, null).ddi()).isEqualTo(new DdiConfig("0123456789abcdef", "LP-2000",
                Duration.ofSeconds(30), DdiConfig.Proof.CLOSED));
        refuses("AFTERCARE_DDI_GATEWAY_TOKEN", "short", "at least 16 characters");
        refuses("AFTERCARE_DDI_PRODUCT", "LP-2000", "AFTERCARE_DDI_GATEWAY_TOKEN is needed too");
        refuses("AFTERCARE_DDI_POLL", "PT5S", "PT30S to PT23H59M59S");
        refuses("AFTERCARE_DDI_POLL", "often", "PT30S to PT23H59M59S");
        refuses("AFTERCARE_DDI_PROOF", "none", "version, closed");
    }
}
