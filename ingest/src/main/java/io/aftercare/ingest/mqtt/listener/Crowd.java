package io.aftercare.ingest.mqtt.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How many may be at the door: in all, of one address, and of those who have not said yet who they are. Many devices may
/// share an address behind a router, so that admitted ones are counted by address only where a setting asks for it; the
/// silent ones always are, and they are gone after ten seconds. Thread-safe.
public final class Crowd {
    private final MqttConfig.Limits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> silentByAddress = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Counter full;
    private final Counter tooManyOfOne;
    private final Counter tooManySilent;

    public Crowd(MqttConfig.Limits limits, MeterRegistry registry) {
        this.limits = limits;
        this.full = counter(registry, "all");
        this.tooManyOfOne = counter(registry, "address");
        this.tooManySilent = counter(registry, "silent");
    }

    private static Counter counter(MeterRegistry registry, String bound) {
        return Counter.builder("aftercare.mqtt.refused").tag("bound", bound)
                .description("Connections closed at once, by the bound that was reached").register(registry);
    }

    /// Somebody is at the door.
    ///
    /// @return false where they must go; then nothing more is to be told here
    public boolean enter(String address) {
        Counter reached = reached(address);
        if (reached == null) {
            return true;
        }
        reached.increment();
        return false;
    }

    private @Nullable Counter reached(String address) {
        if (all.incrementAndGet() > limits.connectionsMax()) {
            all.decrementAndGet();
            return full;
        }
        int silentNow = silent.incrementAndGet();
        int silentHere = silentByAddress.merge(address, 1, Integer::sum);
        boolean isCounted = limits.perAddressMax() > 0;
        int here = isCounted ? byAddress.merge(address, 1, Integer::sum) : 0;
        boolean ofOne = isCounted && here > limits.perAddressMax();
        if (silentNow <= limits.silentMax() && silentHere <= limits.silentPerAddressMax() && !ofOne) {
            return null;
        }
        spoke(address);
        leave(address);
        return ofOne ? tooManyOfOne : tooManySilent;
    }

    /// They have said who they are, or are gone without; once for each that has entered, before [#leave].
    public void spoke(String address) {
        silent.decrementAndGet();
        silentByAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    /// They are gone.
    public void leave(String address) {
        all.decrementAndGet();
        if (limits.perAddressMax() > 0) {
            byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    public int size() {
        return all.get();
    }
}
