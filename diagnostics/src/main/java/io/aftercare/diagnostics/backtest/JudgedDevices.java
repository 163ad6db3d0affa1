package io.aftercare.diagnostics.backtest;

import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The devices that a rule is tried on, read page by page. Thread-safe; iterating blocks.
final class JudgedDevices {
    private static final int PAGE = 500;
    private final Database database;
    private final Devices devices;

    JudgedDevices(Database database, Devices devices) {
        this.database = database;
        this.devices = devices;
    }

    /// The devices named, those of other outlets' refused as unknown.
    Iterator<Device> named(Collection<String> ids, Principal reader) {
        return ids.stream().map(id -> find(id, reader)).toList().iterator();
    }

    Device find(String id, Principal reader) {
        return devices.read(new DeviceId(id)).filter(device -> reader.seesOutlet(device.outlet()))
                .orElseThrow(() -> Problem.notFound("device", id));
    }

    /// Every device of the rule's models that the reader may see, by number.
    Iterator<Device> of(Rule rule, Principal reader) {
        return new Iterator<>() {
            private final Deque<Device> page = new ArrayDeque<>();
            private int after = -1;
            private boolean isLast;

            @Override
            public boolean hasNext() {
                while (page.isEmpty() && !isLast) {
                    List<String> ids = ids(rule.appliesTo().models(), after);
                    isLast = ids.size() < PAGE;
                    for (String id : ids) {
                        @Nullable
                        Device device = devices.read(new DeviceId(id)).orElse(null);
                        if (device != null) {
                            after = device.number();
                            if (reader.seesOutlet(device.outlet())) {
                                page.add(device);
                            }
                        }
                    }
                }
                return !page.isEmpty();
            }

            @Override
            public Device next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.remove();
            }
        };
    }

    private List<String> ids(List<String> models, int after) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id FROM fleet.device
                WHERE number > :after AND (:all OR model = ANY (:models)) ORDER BY number LIMIT :limit""")
                .bind("after", after).bind("all", models.isEmpty())
                .bindArray("models", String.class, models).bind("limit", PAGE).mapTo(String.class).list());
    }
}
