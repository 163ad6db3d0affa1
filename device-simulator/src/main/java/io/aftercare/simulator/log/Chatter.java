package io.aftercare.simulator.log;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The lines that a device writes while nothing happens: on start, and now and then what it measures. Some name the customer
/// and secrets, as real logs do, so that whoever collects them has something to take out. Not thread-safe.
public final class Chatter {
    private static final int SAMPLES_A_LINE = 10;
    private static final List<String> PEOPLE = List.of("li.wei@example.org", "maria.ortiz@example.com",
            "t.okafor@example.net");

    private final DeviceLog log;
    private final RandomGenerator random;
    private long samples;

    public Chatter(DeviceLog log, RandomGenerator random) {
        this.log = log;
        this.random = random;
    }

    /// A start of the device.
    public void started(Instant now, String firmware) {
        log.add(now, Level.INFO, "kernel: firmware " + firmware + ", " + random.nextInt(40, 900)
                + " pages reserved");
        log.add(now, Level.INFO, "wifi: associated with " + mac() + ", lease 192.168.1."
                + random.nextInt(2, 250));
        log.add(now, Level.INFO, "account: signed in as " + PEOPLE.get(random.nextInt(PEOPLE.size())));
        log.add(now, Level.DEBUG, "cloud: GET /v1/settings, Authorization: Bearer "
                + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
    }

    private String mac() {
        return String.format(Locale.ROOT, "%02x:%02x:%02x:%02x:%02x:%02x", random.nextInt(256),
                random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256),
                random.nextInt(256));
    }

    /// A sample; each tenth is written down.
    public void sampled(Instant now, Map<String, Object> readings) {
        if (samples++ % SAMPLES_A_LINE == 0) {
            log.add(now, Level.DEBUG, "sample: " + readings);
        }
    }
}
