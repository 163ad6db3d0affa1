package io.aftercare.server;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Response;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/// `/metrics`: what the features and the JVM measure, as Prometheus reads it.
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    void bind(Operations operations) {
        operations.on("metrics", _ -> new Response(200, Buffer.buffer(registry.scrape()),
                Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8")));
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
