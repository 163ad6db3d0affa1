package io.aftercare.simulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceAgent;
import io.aftercare.simulator.device.PlainDevice;
import io.aftercare.simulator.product.Actions;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Product.Metric;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// This machine as a device of model `host`. It cannot be restarted or updated from afar.
public final class HostDevice implements DeviceAgent.Body {
    private final HostSensors sensors = new HostSensors();
    private final Product product;

    private HostDevice(Product product) {
        this.product = product;
    }

    /// Wires it; it stays silent until started.
    public static PlainDevice create(PlainDevice.Backend backend, Credential who, Duration interval) {
        Product product = product();
        return new PlainDevice(backend, who, product, new HostDevice(product), interval,
                InstantSource.system());
    }

    /// The product that this machine is.
    public static Product product() {
        SequencedMap<String, Metric> metrics = new LinkedHashMap<>();
        add(metrics, "cpu_load", "%", 100);
        for (int i = 0; i < Math.min(Runtime.getRuntime().availableProcessors(),
                HostSensors.CORES_MAX); i++) {
            add(metrics, "cpu_load_" + i, "%", 100);
        }
        add(metrics, "cpu_temp", "°C", 125);
        add(metrics, "load_1m", "", 10_000);
        add(metrics, "load_5m", "", 10_000);
        add(metrics, "load_15m", "", 10_000);
        add(metrics, "memory_used_pct", "%", 100);
        add(metrics, "memory_available_mb", "MiB", 1e8);
        add(metrics, "swap_used_pct", "%", 100);
        add(metrics, "disk_used_pct", "%", 100);
        add(metrics, "disk_free_gb", "GB", 1e7);
        for (String rate : List.of("disk_read_kbps", "disk_write_kbps", "net_receive_kbps",
                "net_send_kbps")) {
            add(metrics, rate, "kB/s", 1e9);
        }
        add(metrics, "uptime_s", "s", 1e10);
        add(metrics, "processes", "", 1e7);
        add(metrics, "threads", "", 1e8);
        return new Product("host", "Computer", "", List.copyOf(metrics.values()), Actions.with());
    }

    private static void add(SequencedMap<String, Metric> metrics, String name, String unit, double max) {
        metrics.put(name, new Metric(name, unit, 0, max));
    }

    @Override
    public SequencedMap<String, Object> state() {
        SequencedMap<String, Object> state = new LinkedHashMap<>();
        state.put("firmware", sensors.operatingSystem());
        state.put("hardware", sensors.processorName());
        state.put("ip", InetAddress.getLoopbackAddress().getHostAddress());
        return state;
    }

    @Override
    public synchronized SequencedMap<String, Object> readings() {
        return sensors.read();
    }

    @Override
    public Outcome perform(String action, JsonNode params) {
        return DeviceAgent.unknown(action, product);
    }

    @Override
    public boolean restart(String reason) {
        return false;
    }
}
