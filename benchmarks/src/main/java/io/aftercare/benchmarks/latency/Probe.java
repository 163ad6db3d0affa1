package io.aftercare.benchmarks.latency;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/// A device that breaks a rule once, and somebody who looks for what becomes of it.
final class Probe {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final String BROKEN = "{\"m0\":" + BenchFleet.BROKEN + "}";

    private final StaffApi api;
    private final int port;

    Probe(StaffApi api, int port) {
        this.api = api;
        this.port = port;
    }

    /// Connects, sends the sample, looks.
    LatencyReport.Breach run(Credential device) throws IOException, InterruptedException {
        try {
            MqttClient client = new MqttClient("tcp://" + Broker.HOST + ":" + port, device.id(),
                    new MemoryPersistence());
            try {
                return run(client, device);
            } finally {
                client.disconnect();
                client.close();
            }
        } catch (MqttException e) {
            throw new IOException("the probe " + device.id() + " lost its connection: " + e, e);
        }
    }

    private LatencyReport.Breach run(MqttClient client, Credential device)
            throws MqttException, IOException, InterruptedException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(device.id());
        options.setPassword(device.token().getBytes(StandardCharsets.UTF_8));
        client.connect(options);
        long start = System.nanoTime();
        client.publish("devices/" + device.id() + "/telemetry", BROKEN.getBytes(StandardCharsets.UTF_8), 1,
                false);
        double acknowledged = millisSince(start);
        seen("/faults?device=" + device.id());
        double fault = millisSince(start);
        seen("/tickets?device=" + device.id());
        return new LatencyReport.Breach(acknowledged, fault, millisSince(start));
    }

    private void seen(String path) throws IOException, InterruptedException {
        Await.until("something at " + path, LONGEST, LOOK_AGAIN,
                () -> !api.get(path).orFail().path("items").isEmpty());
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
