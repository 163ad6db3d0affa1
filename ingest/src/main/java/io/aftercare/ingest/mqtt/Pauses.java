package io.aftercare.ingest.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.TimeUnit;

/// Holds devices to their [Allowance], and counts the connections that are not read from. Thread-safe.
final class Pauses {
    private final Allowance allowance;
    private final AtomicInteger paused = new AtomicInteger();
    private final Counter throttled;

    Pauses(Allowance allowance, MeterRegistry registry) {
        this.allowance = allowance;
        Gauge.builder("aftercare.mqtt.connections.paused", paused, AtomicInteger::get)
                .description("Connections that are not read from at the moment").register(registry);
        this.throttled = Counter.builder("aftercare.mqtt.throttled")
                .description("Times that a device was not read from because it had used up its allowance")
                .register(registry);
    }

    void began() {
        paused.incrementAndGet();
    }

    void ended() {
        paused.decrementAndGet();
    }

    /// Before a message by HTTP is taken; from any thread.
    ///
    /// @return how long the device has to wait first, zero where its message may be taken
    Duration allow(Presence presence, long bytes) {
        long wait = presence.throttle().tryTake(allowance, 1, bytes, System.nanoTime());
        if (wait > 0) {
            throttled.increment();
        }
        return Duration.ofNanos(wait);
    }

    /// After a burst of reading, on the session's event loop.
    void account(Session session, int messages, long bytes) {
        long wait = session.presence().throttle().take(allowance, messages, bytes, System.nanoTime());
        if (wait > 0) {
            throttled.increment();
            session.pause(Session.Pause.RATE);
            var _ = session.channel().executor().schedule(() -> session.unpause(Session.Pause.RATE), wait,
                    TimeUnit.NANOSECONDS);
        }
    }
}
