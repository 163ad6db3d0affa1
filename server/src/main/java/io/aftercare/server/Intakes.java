package io.aftercare.server;

import io.aftercare.ingest.Ingest;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.mqtt.listener.MqttConfig;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Opens the devices' side, in the settings' terms.
final class Intakes {
    private Intakes() {}

    static Ingest open(Config config, Ingest.Parts parts) {
        try {
            return Ingest.start(IngestConfig.of(mqtt(config)).allowing(config.deviceAllowance())
                    .with(config.retention()), parts);
        } catch (RuntimeException e) {
            throw refused(config, e);
        }
    }

    private static MqttConfig mqtt(Config config) {
        Config.Doors doors = config.doors();
        MqttConfig.Tls tls = config.tls().map(it -> new MqttConfig.Tls(it.certificate(), it.key(),
                it.clientCa().orElse(null))).orElse(null);
        var ports = new MqttConfig.Ports(config.mqttPort(), doors.tls().orElse(MqttConfig.OFF),
                doors.web().orElse(MqttConfig.OFF), doors.webTls().orElse(MqttConfig.OFF));
        MqttConfig standard = MqttConfig.of(config.bind(), config.mqttPort());
        return new MqttConfig(config.bind(), ports, tls, doors.proxyProtocol(), standard.loops(),
                standard.limits().withPerAddressMax(doors.perAddressMax()));
    }

    // Which setting named the port that could not be opened.
    private static RuntimeException refused(Config config, RuntimeException e) {
        String told = String.valueOf(e.getMessage());
        if (told.startsWith("TLS ")) {
            return new StartupException(told + "; AFTERCARE_TLS_CERT and AFTERCARE_TLS_KEY name the files");
        }
        Map<Setting, OptionalInt> others = Map.of(Setting.MQTTS_PORT, config.doors().tls(),
                Setting.MQTT_WS_PORT, config.doors().web(), Setting.MQTT_WSS_PORT, config.doors().webTls());
        for (Map.Entry<Setting, OptionalInt> other : others.entrySet()) {
            int port = other.getValue().orElse(MqttConfig.OFF);
            if (told.startsWith("Port " + port + " ")) {
                return Ports.refused(other.getKey(), port, config.bind(), e);
            }
        }
        return Ports.refused(Setting.MQTT_PORT, config.mqttPort(), config.bind(), e);
    }

    /// What keeps the lanes from storing, if anything does.
    static Optional<String> trouble(Ingest ingest) {
        String told = ingest.health().stream().filter(lane -> !lane.storing())
                .map(lane -> "stores nothing since " + lane.since() + ": " + lane.reason())
                .collect(Collectors.joining("; "));
        return told.isEmpty() ? Optional.empty() : Optional.of(told);
    }
}
