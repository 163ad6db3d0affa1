package io.aftercare.simulator.physics;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Collects one sample, numbers rounded as a sensor would give them.
final class Readings {
    private final SequencedMap<String, Object> values = new LinkedHashMap<>();

    Readings put(String metric, double value, int decimals) {
        double scale = Math.pow(10, decimals);
        values.put(metric, Math.round(value * scale) / scale);
        return this;
    }

    Readings put(String metric, boolean value) {
        values.put(metric, value);
        return this;
    }

    Readings put(String metric, String value) {
        values.put(metric, value);
        return this;
    }

    SequencedMap<String, Object> values() {
        return values;
    }
}
