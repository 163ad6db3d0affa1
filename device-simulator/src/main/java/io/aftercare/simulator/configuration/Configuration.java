package io.aftercare.simulator.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a device was told to be like, and how far it is. What it cannot take stays as it was, and its report says so. A device
/// whose product names no settings takes whatever comes, at most [#KEYS_MAX] members. Thread-safe.
public final class Configuration {
    static final String VERSION = "desiredVersion";
    static final int KEYS_MAX = 100;

    private final List<Setting> settings;
    private final SequencedMap<String, Object> values = new LinkedHashMap<>();
    private long version;

    public Configuration(Product product) {
        settings = product.settings();
        reset();
    }

    /// As it left the factory: it never heard of any version.
    public synchronized void reset() {
        values.clear();
        settings.forEach(each -> values.put(each.name(), each.factory()));
        version = 0;
    }

    /// What is reported: each value, and the version that was heard.
    public synchronized SequencedMap<String, Object> reported() {
        SequencedMap<String, Object> reported = new LinkedHashMap<>(values);
        reported.put(VERSION, version);
        return reported;
    }

    /// Takes what it can of a desired state.
    ///
    /// @return names of what it could not take
    public synchronized List<String> take(JsonNode desired) {
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : desired.properties()) {
            if (each.getKey().equals(VERSION)) {
                version = Math.max(version, each.getValue().asLong());
            } else if (!take(each.getKey(), each.getValue())) {
                left.add(each.getKey());
            }
        }
        return left;
    }

    private boolean take(String name, JsonNode value) {
        if (settings.isEmpty()) {
            return takeAny(name, value);
        }
        for (Setting setting : settings) {
            if (setting.name().equals(name)) {
                boolean isFactory = value.isNull() && !setting.isLocked();
                if (isFactory || setting.accepts(value)) {
                    values.put(name, isFactory ? setting.factory() : value);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean takeAny(String name, JsonNode value) {
        if (value.isNull()) {
            values.remove(name);
        } else if (values.size() < KEYS_MAX || values.containsKey(name)) {
            values.put(name, value);
        } else {
            return false;
        }
        return true;
    }
}
