package io.aftercare.ingest.mqtt;

import org.jspecify.annotations.Nullable;

/// A topic filter inside a device's own tree, without the `devices/{id}/` that all of them begin with: MQTT 5.0,
/// section 4.7. An empty text is the bare `devices/{id}`.
public record TopicFilter(String text) {
    /// Whether a filter keeps to the rules of MQTT: wildcards fill their level, `#` is the last.
    static boolean isValid(String filter) {
        if (filter.isEmpty() || filter.indexOf('\0') >= 0) {
            return false;
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            boolean wild = level.indexOf('#') >= 0 || level.indexOf('+') >= 0;
            if (wild && (level.length() > 1 || level.equals("#") && i < levels.length - 1)) {
                return false;
            }
        }
        return true;
    }

    /// The part below a device's own tree, null where the filter reaches beyond it.
    static @Nullable TopicFilter within(String prefix, String filter) {
        return filter.startsWith(prefix) ? new TopicFilter(filter.substring(prefix.length())) : null;
    }

    /// Whether it covers a topic of the tree, given without `devices/{id}/`.
    public boolean matches(String topic) {
        int filterAt = 0;
        int topicAt = 0;
        while (true) {
            int filterEnd = end(text, filterAt);
            int topicEnd = end(topic, topicAt);
            String level = text.substring(filterAt, filterEnd);
            if (level.equals("#")) {
                return true;
            }
            if (!level.equals("+") && !topic.regionMatches(topicAt, level, 0,
                    Math.max(level.length(), topicEnd - topicAt))) {
                return false;
            }
            boolean filterDone = filterEnd == text.length();
            boolean topicDone = topicEnd == topic.length();
            if (topicDone) {
                return filterDone || text.substring(filterEnd).equals("/#");
            }
            if (filterDone) {
                return false;
            }
            filterAt = filterEnd + 1;
            topicAt = topicEnd + 1;
        }
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }
}
