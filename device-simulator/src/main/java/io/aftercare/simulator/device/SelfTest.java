package io.aftercare.simulator.device;

import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Product.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `self_test`: every sensor read and compared with the range in which its value is plausible. At most [#TESTS_MAX] tests.
final class SelfTest {
    static final int TESTS_MAX = 100;

    private SelfTest() {}

    static Map<String, Object> run(Product product, Map<String, Object> readings) {
        List<Map<String, Object>> tests = new ArrayList<>();
        boolean passed = true;
        for (Metric metric : product.metrics()) {
            if (tests.size() < TESTS_MAX) {
                boolean isPlausible = readings.get(metric.name()) instanceof Number value
                        ? value.doubleValue() >= metric.min() && value.doubleValue() <= metric.max()
                        : readings.get(metric.name()) instanceof Boolean;
                passed &= isPlausible;
                tests.add(test(metric, readings.get(metric.name()), isPlausible));
            }
        }
        return Map.of("passed", passed, "tests", tests);
    }

    private static Map<String, Object> test(Metric metric, @Nullable Object value, boolean isPlausible) {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("name", metric.name());
        test.put("passed", isPlausible);
        if (value instanceof Number) {
            test.put("value", value);
            test.put("unit", metric.unit());
            test.put("limit", Map.of("min", metric.min(), "max", metric.max()));
        }
        if (value == null) {
            test.put("text", "the sensor does not answer");
        }
        return test;
    }
}
