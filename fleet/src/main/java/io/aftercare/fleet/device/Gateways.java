package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Keeps what devices hang on a tree. Works in the caller's transaction.
final class Gateways {
    /// More than any installation has; a path this long is refused as one that leads nowhere.
    private static final int DEPTH_MAX = 16;

    private Gateways() {}

    /// Refuses a gateway that does not exist, or that hangs on the device itself. No other gateway is changed before this
    /// transaction ends, or two changes could close a circle together.
    static void require(Handle handle, DeviceId device, String gateway) {
        if (gateway.isEmpty()) {
            return;
        }
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('fleet.gateway', 7))");
        if (existing(handle, Set.of(gateway)).isEmpty()) {
            throw Problem.invalid("gateway", unknown(gateway));
        }
        List<String> path = new ArrayList<>(List.of(device.value()));
        path.addAll(upwards(handle, gateway));
        if (path.indexOf(device.value()) != path.lastIndexOf(device.value())) {
            throw Problem.invalid("gateway",
                    "the devices would hang on each other: " + String.join(" → ", path));
        }
        if (path.size() > DEPTH_MAX) {
            throw Problem.invalid("gateway", "at most " + DEPTH_MAX + " devices in a row: "
                    + String.join(" → ", path));
        }
    }

    /// Of these, those that are registered.
    static Set<String> existing(Handle handle, Set<String> ids) {
        return handle.createQuery("SELECT id FROM fleet.device WHERE id = ANY(:ids)")
                .bindArray("ids", String.class, ids).mapTo(String.class).collect(Collectors.toSet());
    }

    static String unknown(String gateway) {
        return "there is no device " + gateway + " to hang on; register the gateway first";
    }

    /// The gateway, what that hangs on, and so on.
    private static List<String> upwards(Handle handle, String gateway) {
        return handle.createQuery("""
                WITH RECURSIVE up AS (
                    SELECT id, gateway, 1 AS depth FROM fleet.device WHERE id = :gateway
                    UNION ALL
                    SELECT d.id, d.gateway, depth + 1 FROM up JOIN fleet.device d ON d.id = up.gateway
                    WHERE depth <= :most)
                SELECT id FROM up ORDER BY depth""").bind("gateway", gateway).bind("most", DEPTH_MAX)
                .mapTo(String.class).list();
    }
}
