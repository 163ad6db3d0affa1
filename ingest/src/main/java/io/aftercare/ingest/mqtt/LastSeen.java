package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Devices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Writes down every few minutes when devices were last heard of, so that a restart forgets little; until then the answer
/// comes from memory. A thousand devices a statement. Thread-safe.
public final class LastSeen implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final int DEVICES_MAX = 1000;

    private final Sessions sessions;
    private final Devices devices;
    private final InstantSource clock;
    private final BackgroundLoop loop = BackgroundLoop.every(EVERY, "last-seen", this::round);
    private Instant written = Instant.EPOCH;

    public LastSeen(Sessions sessions, Devices devices, InstantSource clock) {
        this.sessions = sessions;
        this.devices = devices;
        this.clock = clock;
    }

    public void start() {
        loop.start();
    }

    private synchronized void round() {
        Instant begun = clock.instant();
        Map<Integer, Instant> some = new HashMap<>();
        for (Map.Entry<Integer, Instant> heard : sessions.heardSince(written).entrySet()) {
            some.put(heard.getKey(), heard.getValue());
            if (some.size() == DEVICES_MAX) {
                devices.seen(some);
                some.clear();
            }
        }
        devices.seen(some);
        written = begun;
    }

    /// Ends; the connections' own ends are written by [io.aftercare.ingest.message.Connectivity].
    @Override
    public void close() {
        loop.close();
    }
}
