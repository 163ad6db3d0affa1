package io.aftercare.remote.boot;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/// An action that was sent before the backend stopped, and whose restart nobody has heard of yet.
record AskedBefore(DeviceId device, String action, Instant at) {
    private static final int ROWS_MAX = 10_000;

    private record Sent(AskedBefore what, String name) {}

    static List<AskedBefore> of(Handle handle, Instant since, BiPredicate<DeviceId, String> restarts) {
        return handle.createQuery("""
                SELECT id, device, name, sent_at FROM remote.action a
                WHERE sent_at > :since AND NOT EXISTS (SELECT FROM remote.boot b WHERE b.device = a.device
                        AND b.asked_by = 'action ' || a.id)
                ORDER BY sent_at LIMIT :limit""").bind("since", since).bind("limit", ROWS_MAX)
                .map((row, _) -> new Sent(new AskedBefore(new DeviceId(row.getString("device")),
                        row.getString("id"), Columns.time(row, "sent_at")), row.getString("name")))
                .stream().filter(sent -> restarts.test(sent.what().device(), sent.name())).map(Sent::what)
                .toList();
    }
}
