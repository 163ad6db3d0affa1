package io.aftercare.remote.shell;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/// What is counted of remote shells. Thread-safe.
final class ShellMeters {
    private final MeterRegistry registry;

    /// @param live the open sessions
    ShellMeters(MeterRegistry registry, Map<String, ?> live) {
        this.registry = registry;
        Gauge.builder("aftercare.remote.shells.open", live, Map::size)
                .description("Remote shells that are open now").register(registry);
    }

    void closed(String reason) {
        registry.counter("aftercare.remote.shells.closed", "reason", reason).increment();
    }

    void refused() {
        registry.counter("aftercare.remote.shells.refused").increment();
    }

    /// @param direction `input` or `output`
    void bytes(String direction, int bytes) {
        registry.counter("aftercare.remote.shell.bytes", "direction", direction).increment(bytes);
    }

    /// A message of a device that nobody sees.
    ///
    /// @param why one of a handful of words
    void dropped(String why) {
        registry.counter("aftercare.remote.shell.dropped", "why", why).increment();
    }
}
