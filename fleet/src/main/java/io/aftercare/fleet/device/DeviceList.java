package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The list of devices, in the order of their ids, page by page, through one index or another.
final class DeviceList {
    private static final List<String> EXACT = List.of("model", "firmware", "region", "outlet", "state",
            "gateway");

    private final Database database;
    private final FaultyDevices faulty;

    DeviceList(Database database, FaultyDevices faulty) {
        this.database = database;
        this.faulty = faulty;
    }

    Page<Device> page(Request request) {
        Map<String, String> exact = new LinkedHashMap<>();
        EXACT.forEach(name -> request.query(name).ifPresent(value -> exact.put(name, value)));
        Optional<List<String>> ids = request.query("fault")
                .map(code -> faulty.having(code).stream().map(DeviceId::value).toList());
        Optional<String> search = request.query("q").map(DeviceList::pattern);
        return page(request.principal(), exact, ids, search, request.limit(), request.cursor());
    }

    private Page<Device> page(Principal reader, Map<String, String> exact, Optional<List<String>> ids,
            Optional<String> search, int limit, @Nullable String after) {
        StringBuilder sql = new StringBuilder("SELECT ").append(Devices.COLUMNS)
                .append(" FROM fleet.device WHERE id > :after");
        exact.keySet().forEach(name -> sql.append(" AND ").append(name).append(" = :").append(name));
        ids.ifPresent(_ -> sql.append(" AND id = ANY(:ids)"));
        search.ifPresent(_ -> sql.append(" AND lower(id || ' ' || customer) LIKE :search"));
        if (reader.has(Role.PARTNER)) {
            sql.append(" AND outlet = :own AND outlet <> ''");
        }
        sql.append(" ORDER BY id LIMIT :limit");
        List<Device> rows = database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(sql.toString()).bind("after", after == null ? "" : after)
                    .bind("limit", limit + 1);
            exact.forEach(query::bind);
            ids.ifPresent(list -> query.bindArray("ids", String.class, list));
            search.ifPresent(pattern -> query.bind("search", pattern));
            if (reader.has(Role.PARTNER)) {
                query.bind("own", reader.outlet());
            }
            return query.map((row, _) -> Devices.map(row).device()).list();
        });
        return Page.of(rows, limit, device -> device.id().value());
    }

    /// The text anywhere, whatever its case; its own `%` and `_` mean themselves.
    private static String pattern(String text) {
        return "%"
                + text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
                + "%";
    }
}
