package io.aftercare.simulator.device;

import io.aftercare.simulator.device.DeviceAgent.Body;
import io.aftercare.simulator.log.DeviceLog;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.shell.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The files that somebody at a device's terminal finds: what the device is, what it measures, what it wrote down.
final class DeviceFiles {
    private static final int LOG_LINES = 500;

    private DeviceFiles() {}

    static Tree of(String id, Product product, Body body, DeviceLog log) {
        Map<String, Supplier<String>> files = new LinkedHashMap<>();
        files.put("/etc/hostname", () -> id + "\n");
        files.put("/etc/model", () -> product.model() + " " + product.name() + "\n");
        files.put("/etc/issue", () -> product.model() + ", firmware " + body.state().get("firmware") + "\n");
        files.put("/proc/version",
                () -> "Linux " + id + " 6.6.30-" + body.state().get("firmware") + " armv7l\n");
        files.put("/proc/uptime", () -> "up since its last start; load average 0.08, 0.11, 0.09\n");
        files.put("/proc/meminfo", () -> "MemTotal:  262144 kB\nMemFree:   148916 kB\n");
        files.put("/proc/processes", () -> "  1 init\n 88 telemetryd\n 91 otad\n 97 shell\n");
        files.put("/var/log/messages", () -> log.newest(LOG_LINES));
        product.metrics().forEach(metric -> files.put("/sys/sensors/" + metric.name().replace('/', '_'),
                () -> body.readings().getOrDefault(metric.name(), "-") + " " + metric.unit() + "\n"));
        return new Tree(files);
    }
}
