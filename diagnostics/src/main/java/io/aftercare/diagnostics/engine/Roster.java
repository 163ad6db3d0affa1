package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Database;
import java.util.ArrayList;
import java.util.List;

/// The devices whose silence some rule asks for, with what is stored of when they were last heard of: a device that never comes back
/// after a restart is met by nobody otherwise. About 100 bytes a device.
///
/// @param number counts them, from 0 for none yet
record Roster(long number, List<Waiting> devices) {
    static final Roster EMPTY = new Roster(0, List.of());

    /// @param heardMicros when it was last heard of
    /// @param dueMicros   when its shortest silence is over
    record Waiting(int number, DeviceId id, long heardMicros, long dueMicros) {}

    /// Reads it. Devices that were never heard of, or may not connect, are nobody's loss.
    static Roster read(long number, Database database, Plans plans, long listeningFrom) {
        return database.jdbi().withHandle(handle -> {
            String[] models = handle.createQuery("SELECT model FROM fleet.product").mapTo(String.class)
                    .stream()
                    .filter(model -> plans.of(model).listens).toArray(String[]::new);
            if (models.length == 0) {
                return new Roster(number, List.of());
            }
            List<Waiting> devices = new ArrayList<>();
            handle.createQuery(
                    """
                            SELECT d.number, d.id, d.model, (extract(epoch FROM d.last_seen) * 1000000)::bigint AS heard, s.wake_at
                            FROM fleet.device d LEFT JOIN diagnostics.device_state s ON s.device = d.number
                            WHERE d.model = ANY (:models) AND d.last_seen IS NOT NULL
                            AND d.state NOT IN ('suspended', 'replaced', 'retired')""")
                    .bind("models", models)
                    .setFetchSize(1000)
                    .map((row, _) -> {
                        long heard = row.getLong("heard");
                        Plan plan = plans.of(row.getString("model"));
                        // Of metrics' own silences nothing is known before the device is looked at: some time in the window.
                        long due = plan.listensToMetrics
                                ? listeningFrom
                                        + LaneSnapshots.phase(row.getInt("number")) % plan.silenceMicros
                                : Math.max(listeningFrom, heard + plan.silenceMicros);
                        long wake = row.getObject("wake_at") == null ? due : row.getLong("wake_at");
                        return new Waiting(row.getInt("number"), new DeviceId(row.getString("id")), heard,
                                Math.max(listeningFrom, Math.min(due, wake)));
                    }).forEach(devices::add);
            return new Roster(number, List.copyOf(devices));
        });
    }
}
