package io.aftercare.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Product.Metric;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HostDeviceTest {
    @Test
    void thisMachineReportsPlausibleSensorsThatItsProductNames() {
        HostSensors sensors = new HostSensors();
        sensors.read();
        Map<String, Object> values = sensors.read();
        Product product = HostDevice.product();
        Map<String, Metric> metrics = product.metrics().stream()
                .collect(Collectors.toMap(Metric::name, Function.identity()));
        assertThat(values).containsKeys("cpu_load", "cpu_load_0", "memory_used_pct", "uptime_s", "processes",
                "disk_read_kbps", "net_receive_kbps");
        values.forEach((name, value) -> {
            assertThat(metrics).containsKey(name);
            Metric metric = metrics.get(name);
            if (metric != null) {
                assertThat(((Number) value).doubleValue()).as(name).isBetween(metric.min(), metric.max());
            }
        });
        assertThat(((Number) values.getOrDefault("memory_used_pct", 0)).doubleValue()).isPositive();
        assertThat(sensors.operatingSystem()).isNotEmpty();
        assertThat(sensors.processorName()).isNotEmpty();
    }
}
