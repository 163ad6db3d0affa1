package io.aftercare.remote.boot;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which actions restart a device: `reboot`, and those that its product's document marks with `"reboots": true`. A product's are
/// read once a minute at most. Thread-safe; blocks.
final class RestartingActions {
    static final String REBOOT = "reboot";
    private static final Duration READ_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Devices devices;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Set<String> names, Instant readAt) {}

    RestartingActions(Database database, Devices devices, InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.clock = clock;
    }

    boolean restarts(DeviceId id, String action) {
        if (action.isEmpty() || action.equals(REBOOT)) {
            return !action.isEmpty();
        }
        Optional<Device> device = devices.find(id);
        return device.isPresent() && names(device.get().model()).contains(action);
    }

    private Set<String> names(String model) {
        Instant now = clock.instant();
        return known.compute(model, (_, before) -> before != null
                && now.isBefore(before.readAt().plus(READ_EVERY)) ? before : new Known(read(model), now))
                .names();
    }

    private Set<String> read(String model) {
        Set<String> names = new HashSet<>();
        JsonNode actions = database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT coalesce(document -> 'actions', '[]') FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(JsonNode.class).one());
        for (JsonNode action : actions) {
            if (action.path("reboots").asBoolean(false)) {
                names.add(action.path("name").asText());
            }
        }
        return Set.copyOf(names);
    }
}
