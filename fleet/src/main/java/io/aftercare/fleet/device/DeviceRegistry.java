package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// What people do to devices: register, change, give a new secret, remove. Each deed is audited in its own transaction.
/// Thread-safe; blocks.
final class DeviceRegistry {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;
    private final Devices devices;
    private final InstantSource clock;

    DeviceRegistry(Database database, Devices devices, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.devices = devices;
    }

    Device register(Principal actor, NewDevice wanted) {
        database.useTransaction(handle -> {
            if (!wanted.gateway().isEmpty() && wanted.gateway().equals(wanted.id().value())) {
                throw Problem.invalid("gateway", "a device cannot hang on itself");
            }
            Gateways.require(handle, wanted.id(), wanted.gateway());
            if (DeviceRows.insert(handle, List.of(wanted)).isEmpty()) {
                throw Problem.conflict("There is a device " + wanted.id() + " already");
            }
            Audit.append(handle, actor, "device.create", "device/" + wanted.id(),
                    Json.object().put("model", wanted.model()));
        });
        return devices.refresh(wanted.id())
                .orElseThrow(() -> Problem.notFound("device", wanted.id().value()));
    }

    /// Registers a batch in one transaction.
    ///
    /// @param lines which lines of the file, for the audit
    Imported registerAll(Principal actor, List<NewDevice> batch, String lines) {
        return database.inTransaction(handle -> {
            Set<String> gateways = gateways(handle, batch);
            List<NewDevice> sound = batch.stream()
                    .filter(device -> device.gateway().isEmpty() || gateways.contains(device.gateway()))
                    .toList();
            Set<DeviceId> made = Set.copyOf(DeviceRows.insert(handle, sound));
            Audit.append(handle, actor, "device.import", "devices",
                    Json.object().put("lines", lines).put("created", made.size()));
            return new Imported(made, gateways);
        });
    }

    /// What came of a batch.
    ///
    /// @param made     the ids that are new; others were there already, or name a gateway that is not
    /// @param gateways those that the batch names and that there are
    record Imported(Set<DeviceId> made, Set<String> gateways) {}

    /// Those that there are, or that are lines of the batch before the device that names them: so no circle can come in.
    private static Set<String> gateways(Handle handle, List<NewDevice> batch) {
        Set<String> wanted = batch.stream().map(NewDevice::gateway).filter(gateway -> !gateway.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
        if (wanted.isEmpty()) {
            return Set.of();
        }
        Set<String> known = new HashSet<>(Gateways.existing(handle, wanted));
        for (NewDevice device : batch) {
            boolean sound = device.gateway().isEmpty() || known.contains(device.gateway());
            if (sound && wanted.contains(device.id().value())) {
                known.add(device.id().value());
            }
        }
        return known;
    }

    /// After an import: what is new is put in its order, so that searches need not look through it one by one.
    void imported() {
        database.useTransaction(handle -> handle.execute(
                """
                        SELECT gin_clean_pending_list(oid::regclass) FROM pg_class WHERE oid = to_regclass('fleet.device_search')"""));
    }

    /// Changes what people know of a device.
    ///
    /// @param version the one that the caller saw
    Device change(Principal actor, Device before, DeviceChange change, int version) {
        Device wanted = change.applied(before);
        database.useTransaction(handle -> {
            if (!wanted.gateway().equals(before.gateway())) {
                Gateways.require(handle, wanted.id(), wanted.gateway());
            }
            if (DeviceRows.update(handle, wanted, version) == 0) {
                throw DeviceRows.version(handle, before.id())
                        .map(current -> Problem.staleVersion("device", before.id().value(), current))
                        .orElseGet(() -> Problem.notFound("device", before.id().value()));
            }
            Audit.append(handle, actor, "device.change", "device/" + before.id(),
                    change.difference(before, wanted));
        });
        return devices.refresh(before.id())
                .orElseThrow(() -> Problem.notFound("device", before.id().value()));
    }

    /// Gives the device a new secret; connections that are open stay.
    ///
    /// @param overlap how long the old one is right too, at most to the first use of the new one; nothing: not at all
    DeviceToken rotate(Principal actor, DeviceId id, Duration overlap) {
        DeviceToken token = DeviceToken.random();
        database.useTransaction(handle -> {
            if (DeviceRows.setToken(handle, id, token, overlap, clock.instant()) == 0) {
                throw Problem.notFound("device", id.value());
            }
            Audit.append(handle, actor, "device.rotate-credentials", "device/" + id,
                    Json.object().put("overlap", overlap.toString()));
        });
        devices.refresh(id);
        return token;
    }

    /// Removes a device that has no history; one that has is retired instead.
    void remove(Principal actor, Device device) {
        try {
            database.useTransaction(handle -> remove(handle, actor, device));
        } catch (JdbiException e) {
            if (isReferenced(e)) {
                throw Problem.conflict("The device " + device.id()
                        + " has a history that must stay; set its state to retired instead");
            }
            throw e;
        }
        devices.removed(device);
    }

    private static void remove(Handle handle, Principal actor, Device device) {
        if (DeviceRows.delete(handle, device.id()) == 0) {
            throw Problem.notFound("device", device.id().value());
        }
        ObjectNode detail = Json.object().put("model", device.model()).put("customer", device.customer());
        Audit.append(handle, actor, "device.delete", "device/" + device.id(), detail);
    }

    private static boolean isReferenced(JdbiException failure) {
        @Nullable
        Throwable cause = failure instanceof UnableToExecuteStatementException ? failure.getCause() : null;
        return cause instanceof SQLException sql && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState());
    }

    /// Tags as the audit keeps them.
    static ObjectNode tags(Map<String, String> tags) {
        ObjectNode node = Json.object();
        tags.forEach(node::put);
        return node;
    }
}
