package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What of a device is to become otherwise: the fields of a JSON object that are there. `purchased` may be null to clear it.
record DeviceChange(ObjectNode fields) {
    static final Set<String> NAMES = Set.of("hardware", "customer", "purchased", "region", "outlet", "tags",
            "gateway", "state");

    /// The device as it should be; its version is the store's affair.
    Device applied(Device before) {
        return new Device(before.number(), before.id(), before.model(), text("hardware", before.hardware()),
                before.firmware(), text("customer", before.customer()), purchased(before.purchased()),
                text("region", before.region()), text("outlet", before.outlet()), tags(before.tags()),
                gateway(before.gateway()), text("state", before.state()), before.version(), before.created(),
                before.lastSeen());
    }

    /// Before and after of what changed, for the audit.
    JsonNode difference(Device before, Device after) {
        ObjectNode old = Json.object();
        ObjectNode now = Json.object();
        fields.fieldNames().forEachRemaining(name -> {
            old.set(name, value(before, name));
            now.set(name, value(after, name));
        });
        ObjectNode both = Json.object();
        both.set("before", old);
        both.set("after", now);
        return both;
    }

    private static JsonNode value(Device device, String name) {
        return Json.tree(DeviceView.of(device, false, Optional.empty())).path(name);
    }

    private String text(String name, String before) {
        JsonNode value = fields.get(name);
        return value == null ? before : value.asText();
    }

    private String gateway(String before) {
        JsonNode value = fields.get("gateway");
        return value == null ? before : value.isNull() ? "" : value.asText();
    }

    private Map<String, String> tags(Map<String, String> before) {
        JsonNode value = fields.get("tags");
        return value == null ? before : Tags.of(value);
    }

    private @Nullable LocalDate purchased(@Nullable LocalDate before) {
        JsonNode value = fields.get("purchased");
        if (value == null) {
            return before;
        }
        try {
            return value.isNull() ? null : LocalDate.parse(value.asText());
        } catch (DateTimeException e) {
            throw Problem.invalid("purchased", "a date such as 2026-11-01 is needed");
        }
    }
}
