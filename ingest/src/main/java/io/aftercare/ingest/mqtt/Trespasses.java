package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Devices that reach for topics that are not theirs: each is counted; the audit log hears of each kind once in ten
/// minutes, so that a device which tries all day does not fill it. Thread-safe.
final class Trespasses {
    private static final Logger LOG = LoggerFactory.getLogger(Trespasses.class);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int REMEMBERED_MAX = 10_000;

    private final Database database;
    private final Executor threads;
    private final InstantSource clock;
    private final Counter counter;
    private final Map<Deed, Instant> noted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Deed, Instant> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /// What is told once: a device that tries topic after topic makes one entry, its subscribing another.
    private record Deed(DeviceId device, String what) {}

    Trespasses(Database database, Executor virtualThreads, InstantSource clock, MeterRegistry registry) {
        this.database = database;
        this.threads = virtualThreads;
        this.clock = clock;
        this.counter = Counter.builder("aftercare.mqtt.trespasses")
                .description("Publishes and subscriptions to topics of others").register(registry);
    }

    /// @param what `publish` or `subscribe`
    void note(Device device, String what, String topic) {
        counter.increment();
        if (isNews(new Deed(device.id(), what))) {
            threads.execute(() -> audit(device, what, topic));
        }
    }

    private boolean isNews(Deed deed) {
        Instant now = clock.instant();
        synchronized (noted) {
            Instant last = noted.get(deed);
            if (last != null && last.plus(QUIET).isAfter(now)) {
                return false;
            }
            noted.put(deed, now);
            return true;
        }
    }

    private void audit(Device device, String what, String topic) {
        String shown = topic.length() > 200 ? topic.substring(0, 200) : topic;
        Principal actor = new Principal("device " + device.id(), Set.of(), "", "");
        try {
            database.useTransaction(handle -> Audit.append(handle, actor, "device.trespass",
                    "device/" + device.id(), Json.object().put("what", what).put("topic", shown)));
        } catch (RuntimeException e) {
            LOG.warn("A trespass of {} is not in the audit log: {}", device.id(), e.getMessage());
        }
    }
}
