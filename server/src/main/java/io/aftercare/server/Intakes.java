package io.aftercare.server;

import io.aftercare.ingest.Ingest;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.mqtt.MqttConfig;
import java.util.Optional;
import java.util.stream.Collectors;

/// Opens the devices' side, in the settings' terms.
final class Intakes {
    private Intakes() {}

    static Ingest open(Config config, Ingest.Parts parts) {
        MqttConfig.Tls tls = config.tls().map(it -> new MqttConfig.Tls(it.port(), it.certificate(), it.key(),
                it.clientCa().orElse(null))).orElse(null);
        try {
            return Ingest.start(IngestConfig.of(MqttConfig.of(config.bind(), config.mqttPort(), tls))
                    .allowing(config.deviceAllowance()), parts);
        } catch (RuntimeException e) {
            int securePort = tls == null ? -1 : tls.port();
            boolean secure = String.valueOf(e.getMessage()).startsWith("Port " + securePort + " ");
            throw Ports.refused(secure ? Setting.MQTTS_PORT : Setting.MQTT_PORT,
                    secure ? securePort : config.mqttPort(), config.bind(), e);
        }
    }

    /// What keeps the lanes from storing, if anything does.
    static Optional<String> trouble(Ingest ingest) {
        String told = ingest.health().stream().filter(lane -> !lane.storing())
                .map(lane -> "stores nothing since " + lane.since() + ": " + lane.reason())
                .collect(Collectors.joining("; "));
        return told.isEmpty() ? Optional.empty() : Optional.of(told);
    }
}
