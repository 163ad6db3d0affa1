package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.link.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;

/// A device that says what a test lets it say, over MQTT. Each call waits until the backend has acknowledged it.
final class TestDevice implements AutoCloseable {
    private static final Duration TOLD_MAX = Duration.ofSeconds(30);

    private static final int SAMPLES_MAX = 1_000;

    final String id;
    private final Link link;

    TestDevice(ConsoleWorld world, String id, String token) {
        this.id = id;
        this.link = new Link(new Broker("127.0.0.1", world.mqttPort()), new Credential(id, "", token),
                List.of("desired"), SAMPLES_MAX, new Random(id.hashCode()));
    }

    /// Connects.
    TestDevice on() {
        link.start(new Receiver() {
            @Override
            public void connected() {
                // whoever waits asks the link
            }

            @Override
            public void lost() {
                // it comes back by itself
            }

            @Override
            public void message(String topic, byte[] payload) {
                // listens to nothing
            }
        });
        await(true);
        return this;
    }

    /// Measures now.
    void measure(String metric, double value) {
        link.telemetry(System.currentTimeMillis(), Map.of(metric, value));
        told();
    }

    /// Tells late what it measured then, a sample each.
    void measured(String metric, SortedMap<Instant, Double> samples) {
        samples.forEach((at, value) -> link.telemetry(at.toEpochMilli(), Map.of(metric, value)));
        told();
    }

    /// Reports on `devices/{id}/{topic}`.
    void say(String topic, Map<String, Object> payload) {
        link.send(topic, payload);
        told();
    }

    /// Goes off, and the backend knows.
    void off() {
        link.powerOff();
        await(false);
    }

    private void await(boolean up) {
        long deadline = System.nanoTime() + TOLD_MAX.toNanos();
        while (link.isUp() != up) {
            assertThat(System.nanoTime()).as("%s is %s in time", id, up ? "up" : "down").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void told() {
        long deadline = System.nanoTime() + TOLD_MAX.toNanos();
        while (link.waiting() > 0) {
            assertThat(System.nanoTime()).as("what %s says is acknowledged in time", id)
                    .isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
