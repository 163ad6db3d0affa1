package io.aftercare.fleet.device;

import io.aftercare.fleet.search.Finder;
import io.aftercare.fleet.search.Found;
import io.aftercare.fleet.search.Wanted;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Finds devices by a part of their id or of their customer's name; with two Latin letters, by how the id begins.
public final class DeviceFinder {
    private static final String COLUMNS = "SELECT id, model, customer FROM fleet.device WHERE true";

    private DeviceFinder() {}

    public static Finder finder() {
        return new Finder("device", "listDevices", DeviceFinder::find);
    }

    private static List<Found> find(Handle handle, Wanted wanted) {
        DeviceFilter filter = DeviceFilter.of(wanted.reader(), wanted.text());
        // The very one first: it may be far down in the order of ids.
        List<Found> exact = rows(handle, wanted, filter, " AND id = ANY(:written)");
        List<Found> like = rows(handle, wanted, filter, DeviceText.of(wanted.text()).isShort()
                ? " AND (id LIKE :written[1] || '%' OR id LIKE :written[2] || '%' OR id LIKE :written[3] || '%')"
                : "");
        return Stream.concat(exact.stream(), like.stream()).distinct().limit(wanted.limit()).toList();
    }

    private static List<Found> rows(Handle handle, Wanted wanted, DeviceFilter filter, String more) {
        var query = filter.bind(handle.createQuery(COLUMNS + filter.conditions() + more
                + " ORDER BY id LIMIT :limit")).bind("limit", wanted.limit());
        if (!more.isEmpty()) {
            query.bindArray("written", String.class, wanted.text(), wanted.lower(),
                    wanted.text().toUpperCase(Locale.ROOT));
        }
        return query.map((row, _) -> new Found("device", row.getString("id"), row.getString("id"),
                Stream.of(row.getString("model"), row.getString("customer")).filter(part -> !part.isEmpty())
                        .reduce((one, other) -> one + " · " + other).orElse("")))
                .list();
    }
}
