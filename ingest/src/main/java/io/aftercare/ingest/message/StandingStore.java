package io.aftercare.ingest.message;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// How devices stand to their desired states, as it is stored; in the caller's transaction, which has the device's row of
/// `desired_state` locked. Only what changes is written: a report that changes nothing costs reading alone.
final class StandingStore {
    private StandingStore() {}

    static Map<String, Standing> of(Handle handle, Device device) {
        Map<String, Standing> all = new TreeMap<>();
        handle.createQuery(
                """
                        SELECT key, state, version, wanted_at, since FROM ingest.desired_key WHERE device = :device""")
                .bind("device", device.number()).map((row, _) -> Map.entry(row.getString("key"),
                        new Standing(KeyState.parse(row.getString("state")), row.getInt("version"),
                                Columns.time(row, "wanted_at"), Columns.time(row, "since"))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /// Notes how the device stands after a change of what is desired, or a report.
    ///
    /// @return the members that it has just turned out not to follow
    static List<String> settle(Handle handle, Device device, Shadow shadow, Set<String> wanted, Instant at) {
        Map<String, Standing> before = of(handle, device);
        Map<String, Standing> after = Standing.after(before, new Standing.Moment(shadow, wanted, at));
        if (after.equals(before)) {
            return List.of();
        }
        write(handle, device, before, after);
        handle.createUpdate("UPDATE ingest.desired_state SET differs_since = :since WHERE device = :device")
                .bind("device", device.number())
                .bind("since",
                        Standing.differsSince(after).map(since -> since.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .execute();
        return after.entrySet().stream().filter(entry -> entry.getValue().state() == KeyState.DRIFTED)
                .filter(entry -> {
                    Standing was = before.get(entry.getKey());
                    return was == null || was.state() != KeyState.DRIFTED;
                }).map(Map.Entry::getKey).toList();
    }

    private static void write(Handle handle, Device device, Map<String, Standing> before,
            Map<String, Standing> after) {
        List<String> gone = before.keySet().stream().filter(key -> !after.containsKey(key)).toList();
        if (!gone.isEmpty()) {
            handle.createUpdate("DELETE FROM ingest.desired_key WHERE device = :device AND key = ANY(:keys)")
                    .bind("device", device.number()).bindArray("keys", String.class, gone).execute();
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO ingest.desired_key (device, key, state, version, wanted_at, since)
                VALUES (:device, :key, :state, :version, :wanted, :since) ON CONFLICT (device, key) DO UPDATE
                SET state = excluded.state, version = excluded.version, wanted_at = excluded.wanted_at,
                    since = excluded.since""");
        after.forEach((key, standing) -> {
            if (!Objects.equals(before.get(key), standing)) {
                batch.bind("device", device.number()).bind("key", key).bind("state", standing.state().text())
                        .bind("version", standing.version()).bind("wanted", time(standing.wantedAt()))
                        .bind("since", time(standing.since())).add();
            }
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
