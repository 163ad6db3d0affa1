package io.aftercare.ingest.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a session has subscribed to. Immutable; a change makes another one, so that any thread may look.
record Subscriptions(Map<TopicFilter, Integer> granted) {
    static final int COUNT_MAX = 64;
    static final Subscriptions NONE = new Subscriptions(Map.of());

    Subscriptions {
        granted = Map.copyOf(granted);
    }

    /// @return null where there are too many
    @Nullable
    Subscriptions with(TopicFilter filter, int qos) {
        Map<TopicFilter, Integer> more = new LinkedHashMap<>(granted);
        more.put(filter, qos);
        return more.size() > COUNT_MAX ? null : new Subscriptions(more);
    }

    Subscriptions without(TopicFilter filter) {
        Map<TopicFilter, Integer> fewer = new LinkedHashMap<>(granted);
        fewer.remove(filter);
        return new Subscriptions(fewer);
    }

    /// The QoS at which a topic is sent: the highest of those that cover it; -1 where none does.
    int qos(String topic) {
        int qos = -1;
        for (Map.Entry<TopicFilter, Integer> entry : granted.entrySet()) {
            if (entry.getValue() > qos && entry.getKey().matches(topic)) {
                qos = entry.getValue();
            }
        }
        return qos;
    }

    boolean isEmpty() {
        return granted.isEmpty();
    }
}
