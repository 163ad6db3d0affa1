package io.aftercare.fleet.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.Query;

/// A text that stands anywhere in a device's id or in its customer's name, whatever its case. Three characters or more are found
/// through an index, and so are two that are not ASCII, such as a Chinese word; two Latin letters read every device.
///
/// @param lower the text in lower case
/// @param pairs of neighbours in it that are not ASCII
record DeviceText(String lower, List<String> pairs) {
    private static final int ASCII_MAX = 0x7f;

    static DeviceText of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int[] points = lower.codePoints().toArray();
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < points.length; i++) {
            if (points[i] > ASCII_MAX && points[i + 1] > ASCII_MAX) {
                pairs.add(new String(points, i, 2));
            }
        }
        return new DeviceText(lower, pairs);
    }

    /// Whether it is too short for any index.
    boolean isShort() {
        return lower.length() < 3 && pairs.isEmpty();
    }

    String conditions() {
        String anywhere = " AND lower(id || ' ' || customer) LIKE :search";
        return pairs.isEmpty()
                ? anywhere
                : anywhere + " AND customer ~ '[^ -~]' AND fleet.pairs(lower(customer)) @> :pairs::text[]";
    }

    void bind(Query query) {
        query.bind("search",
                "%" + lower.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        if (!pairs.isEmpty()) {
            query.bindArray("pairs", String.class, pairs);
        }
    }

    boolean matches(Device device) {
        return (device.id() + " " + device.customer()).toLowerCase(Locale.ROOT).contains(lower);
    }
}
