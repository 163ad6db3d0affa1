package io.aftercare.simulator.device;

import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Product.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `self_test`: every sensor read and compared with the range in which its value is plausible.
final class SelfTest {
    private SelfTest() {}

    static Map<String, Object> run(Product product, Map<String, Object> readings) {
        List<Map<String, Object>> tests = new ArrayList<>();
        boolean passed = true;
        for (Metric metric : product.metrics()) {
            if (readings.get(metric.name()) instanceof Number value) {
                boolean plausible = value.doubleValue() >= metric.min()
                        && value.doubleValue() <= metric.max();
                passed &= plausible;
                Map<String, Object> test = new LinkedHashMap<>();
                test.put("name", metric.name());
                test.put("passed", plausible);
                test.put("value", value);
                test.put("limit", metric.min() + " to " + metric.max() + " " + metric.unit());
                tests.add(test);
            }
        }
        return Map.of("passed", passed, "tests", tests);
    }
}
