package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.postgres.Database;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The list of devices, in the order of their ids, page by page, through one index or another. Which are connected is known in memory
/// alone: where that is asked for, ids are read until enough of them fit.
final class DeviceList {
    private static final int IDS_AT_ONCE = 1000;

    private final Database database;
    private final FaultyDevices faulty;
    private final Contact contact;

    DeviceList(Database database, FaultyDevices faulty, Contact contact) {
        this.database = database;
        this.faulty = faulty;
        this.contact = contact;
    }

    Page<Device> page(Request request) {
        DeviceFilter filter = DeviceFilter.of(request, faulty);
        Optional<Boolean> connected = request.query("connected").map(Boolean::valueOf);
        int limit = request.limit();
        List<Device> rows = database.inTransaction(handle -> {
            filter.prepare(handle);
            return connected.isPresent()
                    ? named(handle, ids(handle, filter, connected.get(), request.cursor(), limit + 1))
                    : select(handle, Devices.COLUMNS, filter, request.cursor(), " LIMIT :limit")
                            .bind("limit", limit + 1).map((row, _) -> Devices.map(row).device()).list();
        });
        return Page.of(rows, limit, device -> device.id().value());
    }

    private static Query select(Handle handle, String columns, DeviceFilter filter, @Nullable String after,
            String end) {
        return filter.bind(handle.createQuery("SELECT " + columns + " FROM fleet.device WHERE id > :after"
                + filter.conditions() + " ORDER BY id" + end)).bind("after", after == null ? "" : after);
    }

    private List<String> ids(Handle handle, DeviceFilter filter, boolean connected, @Nullable String after,
            int limit) {
        try (Stream<String> ids = select(handle, "id", filter, after, "").setFetchSize(IDS_AT_ONCE)
                .mapTo(String.class).stream()) {
            return ids.filter(id -> contact.isConnected(new DeviceId(id)) == connected).limit(limit).toList();
        }
    }

    private static List<Device> named(Handle handle, List<String> ids) {
        return handle.createQuery(
                "SELECT " + Devices.COLUMNS + " FROM fleet.device WHERE id = ANY(:ids) ORDER BY id")
                .bindArray("ids", String.class, ids).map((row, _) -> Devices.map(row).device()).list();
    }
}
