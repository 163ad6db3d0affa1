package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of devices' turns.
final class TurnSql {
    private TurnSql() {}

    static void insert(Handle handle, String fleetAction, List<Stages.Place> places, Instant now) {
        handle.createUpdate("""
                INSERT INTO remote.fleet_turn (fleet_action, place, device, stage, due_at)
                SELECT :id, place, device, stage, :now
                FROM unnest(:devices, :stages) WITH ORDINALITY AS t (device, stage, place)""")
                .bind("id", fleetAction)
                .bindArray("devices", String.class, places.stream().map(Stages.Place::device).toList())
                .bindArray("stages", Integer.class, places.stream().map(Stages.Place::stage).toList())
                .bind("now", now).execute();
    }

    /// Devices by stage and state, counted; a success that was followed by a fault stands under `worse`.
    record Census(List<Tally> tallies, Map<String, Integer> states) {}

    static Census census(Handle handle, String fleetAction, int stages) {
        List<Tally> tallies = new ArrayList<>(Collections.nCopies(stages, Tally.EMPTY));
        Map<String, Integer> states = new TreeMap<>();
        handle.createQuery("""
                SELECT stage, state, fault IS NOT NULL, count(*) FROM remote.fleet_turn
                WHERE fleet_action = :id GROUP BY 1, 2, 3""").bind("id", fleetAction).map((row, _) -> {
            TurnState state = TurnState.parse(row.getString(2)).orElseThrow();
            int stage = row.getInt(1);
            tallies.set(stage, tallies.get(stage).plus(state, row.getBoolean(3), row.getInt(4)));
            states.merge(state.text(), row.getInt(4), Integer::sum);
            return stage;
        }).list();
        return new Census(List.copyOf(tallies), states);
    }

    static int askedSince(Handle handle, String fleetAction, Instant since) {
        return handle.createQuery(
                "SELECT count(*) FROM remote.fleet_turn WHERE fleet_action = :id AND asked_at > :since")
                .bind("id", fleetAction).bind("since", since).mapTo(Integer.class).one();
    }

    /// A waiting turn and the zone that its device's tag names.
    record Waiting(Turn turn, String zone) {}

    /// Turns that are due, the first places first.
    static List<Waiting> due(Handle handle, String fleetAction, int stage, Instant now, int limit) {
        return handle.createQuery("""
                SELECT t.*, coalesce(d.tags ->> 'timezone', '') AS zone FROM remote.fleet_turn t
                LEFT JOIN fleet.device d ON d.id = t.device
                WHERE t.fleet_action = :id AND t.stage <= :stage AND t.state = 'waiting' AND t.due_at <= :now
                ORDER BY t.place LIMIT :limit""").bind("id", fleetAction).bind("stage", stage)
                .bind("now", now)
                .bind("limit", limit).map((row, _) -> new Waiting(map(row), row.getString("zone"))).list();
    }

    static Optional<Turn> find(Handle handle, String fleetAction, String device, boolean lock) {
        return handle
                .createQuery("SELECT * FROM remote.fleet_turn WHERE fleet_action = :id AND device = :device"
                        + (lock ? " FOR UPDATE" : ""))
                .bind("id", fleetAction).bind("device", device).map((row, _) -> map(row)).findOne();
    }

    /// Marks turns as asked, one attempt further.
    static void ask(Handle handle, String fleetAction, List<Integer> places, Instant now) {
        handle.createUpdate(
                """
                        UPDATE remote.fleet_turn SET state = 'asked', attempt = attempt + 1, action = NULL, reason = NULL,
                            asked_at = :now, recalled = false
                        WHERE fleet_action = :id AND place = ANY(:places) AND state = 'waiting'""")
                .bind("id", fleetAction)
                .bindArray("places", Integer.class, places).bind("now", now).execute();
    }

    /// Puts waiting turns off to their windows.
    static void putOff(Handle handle, String fleetAction, Map<Integer, Instant> dueAt) {
        var batch = handle.prepareBatch(
                "UPDATE remote.fleet_turn SET due_at = :due WHERE fleet_action = :id AND place = :place");
        dueAt.forEach(
                (place, due) -> batch.bind("id", fleetAction).bind("place", place).bind("due", due).add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /// Those whose action is still to be asked for: marked, and then the server died or is at it.
    static List<Turn> unasked(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT t.* FROM remote.fleet_turn t
                WHERE t.state = 'asked' AND t.action IS NULL ORDER BY t.fleet_action, t.place LIMIT :limit""")
                .bind("limit", limit).map((row, _) -> map(row)).list();
    }

    /// Those whose action waits for the device, though the fleet action does not run any more.
    static List<Turn> toRecall(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT t.* FROM remote.fleet_turn t JOIN remote.fleet_action f ON f.id = t.fleet_action
                WHERE t.state = 'asked' AND t.action IS NOT NULL AND NOT t.recalled AND f.state <> 'running'
                ORDER BY t.fleet_action, t.place LIMIT :limit""").bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    static void recalled(Handle handle, Turn turn) {
        handle.createUpdate("""
                UPDATE remote.fleet_turn SET recalled = true
                WHERE fleet_action = :id AND place = :place AND attempt = :attempt""")
                .bind("id", turn.fleetAction())
                .bind("place", turn.place()).bind("attempt", turn.attempt()).execute();
    }

    /// What was let be while the fleet action stood still may have to be taken back another time.
    static void forgetRecalls(Handle handle, String fleetAction) {
        handle.createUpdate("""
                UPDATE remote.fleet_turn SET recalled = false
                WHERE fleet_action = :id AND state = 'asked' AND recalled""").bind("id", fleetAction)
                .execute();
    }

    static void noteAction(Handle handle, Turn turn, String action) {
        handle.createUpdate("""
                UPDATE remote.fleet_turn SET action = :action
                WHERE fleet_action = :id AND place = :place AND attempt = :attempt AND action IS NULL""")
                .bind("id", turn.fleetAction()).bind("place", turn.place()).bind("attempt", turn.attempt())
                .bind("action", action).execute();
    }

    /// Moves a turn on; the caller holds its row.
    ///
    /// @param dueAt null leaves as it is
    static void move(Handle handle, Turn turn, TurnState state, @Nullable String action,
            @Nullable String reason,
            @Nullable Instant dueAt, Instant now) {
        handle.createUpdate(
                """
                        UPDATE remote.fleet_turn SET state = :state, action = coalesce(:action, action), reason = :reason,
                            due_at = coalesce(:due, due_at), ended_at = CASE WHEN :over THEN :now::timestamptz END
                        WHERE fleet_action = :id AND place = :place""")
                .bind("id", turn.fleetAction())
                .bind("place", turn.place()).bind("state", state.text()).bind("action", action)
                .bind("reason", reason).bind("due", dueAt).bind("over", state.isOver()).bind("now", now)
                .execute();
    }

    /// Ends all that wait.
    static void drop(Handle handle, String fleetAction, TurnState state, String reason, Instant now) {
        handle.createUpdate("""
                UPDATE remote.fleet_turn SET state = :state, reason = :reason, ended_at = :now
                WHERE fleet_action = :id AND state = 'waiting'""").bind("id", fleetAction)
                .bind("state", state.text()).bind("reason", reason).bind("now", now).execute();
    }

    /// A page of turns, the first places first.
    static List<Turn> list(Handle handle, String fleetAction, @Nullable String state, @Nullable Integer stage,
            long after, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.fleet_turn
                WHERE fleet_action = :id AND place > :after AND (:state::text IS NULL OR state = :state)
                    AND (:stage::int IS NULL OR stage = :stage) ORDER BY place LIMIT :limit""")
                .bind("id", fleetAction)
                .bind("after", after).bind("state", state).bind("stage", stage).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    /// Devices that succeeded since a moment and of which no fault is known, the first places first.
    static List<Turn> watched(Handle handle, String fleetAction, Instant since, int after, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.fleet_turn
                WHERE fleet_action = :id AND state = 'succeeded' AND fault IS NULL
                    AND place > :after AND ended_at >= :since ORDER BY place LIMIT :limit""")
                .bind("id", fleetAction)
                .bind("since", since).bind("after", after).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    static void fault(Handle handle, Turn turn, String code) {
        handle.createUpdate(
                "UPDATE remote.fleet_turn SET fault = :code WHERE fleet_action = :id AND place = :place")
                .bind("id", turn.fleetAction()).bind("place", turn.place()).bind("code", code).execute();
    }

    /// Where the devices of a fleet action are, for an approver whose account is for a part of them.
    static List<FleetGuards.Chosen> devices(Handle handle, String fleetAction) {
        return handle
                .createQuery(
                        """
                                SELECT d.id, d.region, d.outlet FROM remote.fleet_turn t JOIN fleet.device d ON d.id = t.device
                                WHERE t.fleet_action = :id ORDER BY t.place""")
                .bind("id", fleetAction)
                .map((row, _) -> new FleetGuards.Chosen(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private static Turn map(ResultSet row) throws SQLException {
        return new Turn(row.getString("fleet_action"), row.getInt("place"), row.getString("device"),
                row.getInt("stage"), TurnState.parse(row.getString("state")).orElseThrow(),
                row.getInt("attempt"),
                row.getString("action"), row.getString("reason"), row.getString("fault"),
                Columns.time(row, "due_at"), Columns.instant(row, "asked_at"),
                Columns.instant(row, "ended_at"));
    }
}
