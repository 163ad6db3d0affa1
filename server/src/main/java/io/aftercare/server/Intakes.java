package io.aftercare.server;

import io.aftercare.ingest.Ingest;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.mqtt.MqttConfig;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Collectors;

/// Opens the devices' side, in the settings' terms.
final class Intakes {
    private Intakes() {}

    static Ingest open(Config config, Ingest.Parts parts) {
        MqttConfig.Tls tls = config.tls().map(it -> new MqttConfig.Tls(it.port(), it.certificate(), it.key(),
                it.clientCa().orElse(null))).orElse(null);
        try {
            return Ingest.start(IngestConfig.of(MqttConfig.of(config.bind(), config.mqttPort(), tls)), parts);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof BindException) {
                throw new StartupException(Setting.MQTT_PORT.variable() + "=" + config.mqttPort()
                        + ": the port is in use or may not be opened at " + config.bind()
                        + "; choose another one, or 0 for a free one");
            }
            throw e;
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
