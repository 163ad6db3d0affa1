package io.aftercare.ota.campaign;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.deployment.Outcome;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of deployments. Every method works within the caller's transaction.
final class DeploymentStore {
    private static final String SELECT = """
            SELECT p.*, d.id AS device_id, d.firmware, d.hardware, d.state AS device_state,
                d.tags ->> 'timezone' AS timezone,
                (SELECT r.revert_to FROM ota.release r WHERE r.product = d.model AND r.version = d.firmware) AS revert_to,
                EXISTS (SELECT FROM ota.deployment o WHERE o.device = p.device AND o.campaign <> p.campaign
                        AND o.state <> 'pending' AND o.outcome IS NULL) AS busy
            FROM ota.deployment p LEFT JOIN fleet.device d ON d.number = p.device
            """;

    private DeploymentStore() {}

    /// A deployment with what is known of its device now.
    ///
    /// @param deviceId null where the device was deleted
    record Row(int campaign, int device, @Nullable String deviceId, Deployment value,
            DeploymentEvent.Facts facts) {}

    /// Those whose turn it is, locked; none that somebody else works on. Looks only at what is due: a million devices that
    /// wait for their window cost nothing.
    static List<Row> waiting(Handle handle, int campaign, int stage, Instant now, int max) {
        return handle
                .createQuery(
                        SELECT + """
                                WHERE p.campaign = :campaign AND p.state = 'pending' AND p.outcome IS NULL AND p.due_at <= :now
                                    AND p.device IN (SELECT due.device FROM generate_series(0, :stage) AS open (stage)
                                        CROSS JOIN LATERAL (SELECT w.device FROM ota.deployment w
                                            WHERE w.campaign = :campaign AND w.stage = open.stage AND w.state = 'pending'
                                                AND w.outcome IS NULL AND w.due_at <= :now
                                            ORDER BY w.due_at LIMIT :max) due
                                        LIMIT :max)
                                ORDER BY p.stage, p.due_at FOR UPDATE OF p SKIP LOCKED""")
                .bind("campaign", campaign)
                .bind("stage", stage).bind("now", now).bind("max", max).map((row, context) -> map(row))
                .list();
    }

    /// Those of any campaign that have been silent for too long, locked.
    static List<Row> overdue(Handle handle, Instant now, int max) {
        return handle.createQuery(SELECT + """
                WHERE p.state <> 'pending' AND p.outcome IS NULL AND p.due_at <= :now
                ORDER BY p.due_at LIMIT :max FOR UPDATE OF p SKIP LOCKED""").bind("now", now).bind("max", max)
                .map((row, context) -> map(row)).list();
    }

    /// Those at work on devices that were deleted, locked: nobody will ever report how they end.
    static List<Row> ofDeleted(Handle handle, int max) {
        return handle.createQuery(SELECT + """
                WHERE p.state <> 'pending' AND p.outcome IS NULL
                    AND NOT EXISTS (SELECT FROM fleet.device gone WHERE gone.number = p.device)
                LIMIT :max FOR UPDATE OF p SKIP LOCKED""").bind("max", max)
                .map((row, context) -> map(row)).list();
    }

    /// The device's deployment of this release, locked: the one at work, else one that waits to be tried again, else the
    /// newest.
    static Optional<Row> of(Handle handle, int device, String release) {
        return handle
                .createQuery(
                        SELECT + """
                                WHERE p.device = :device AND p.campaign IN (SELECT c.number FROM ota.campaign c
                                    JOIN ota.release r ON r.number = c.release WHERE r.id = :release)
                                ORDER BY (p.outcome IS NULL AND p.state <> 'pending') DESC, (p.outcome IS NULL AND p.attempts > 0) DESC,
                                    p.campaign DESC LIMIT 1 FOR UPDATE OF p""")
                .bind("device", device).bind("release", release).map((row, context) -> map(row)).findOne();
    }

    /// The deployment that is at work on the device, locked.
    static Optional<Row> atWork(Handle handle, int device) {
        return handle.createQuery(SELECT + """
                WHERE p.device = :device AND p.state <> 'pending' AND p.outcome IS NULL FOR UPDATE OF p""")
                .bind("device", device).map((row, context) -> map(row)).findOne();
    }

    static Optional<Row> find(Handle handle, int campaign, int device) {
        return handle.createQuery(SELECT + "WHERE p.campaign = :campaign AND p.device = :device")
                .bind("campaign", campaign).bind("device", device).map((row, context) -> map(row)).findOne();
    }

    /// A device of a campaign by its id, locked.
    static Optional<Row> lock(Handle handle, int campaign, String device) {
        return handle.createQuery(SELECT + "WHERE p.campaign = :campaign AND d.id = :device FOR UPDATE OF p")
                .bind("campaign", campaign).bind("device", device).map((row, context) -> map(row)).findOne();
    }

    /// Writes what was decided.
    static void update(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(
                """
                        UPDATE ota.deployment p SET state = u.state, outcome = u.outcome, attempts = u.attempts,
                            progress = u.progress, said_done = u.said_done, error = u.error, changed_at = u.changed_at,
                            due_at = u.due_at,
                            untold = u.state = 'cancelled' AND u.attempts > 0 AND (p.untold OR p.state <> 'cancelled'),
                            offered_at = CASE WHEN u.state = 'offered' AND p.state <> 'offered' THEN u.changed_at
                                ELSE p.offered_at END
                        FROM unnest(:campaigns, :devices, :states, :outcomes, :attempts, :progress, :saidDone, :errors,
                            :changed::timestamptz[], :due::timestamptz[]) AS u (campaign, device, state, outcome, attempts,
                            progress, said_done, error, changed_at, due_at)
                        WHERE p.campaign = u.campaign AND p.device = u.device""")
                .bindArray("campaigns", Integer.class, of(rows, Row::campaign))
                .bindArray("devices", Integer.class, of(rows, Row::device))
                .bindArray("states", String.class, of(rows, row -> row.value().state().text()))
                .bindArray("outcomes", String.class, of(rows,
                        row -> row.value().outcome() == null ? null : row.value().outcome().text()))
                .bindArray("attempts", Integer.class, of(rows, row -> row.value().attempts()))
                .bindArray("progress", Integer.class, of(rows, row -> row.value().progress()))
                .bindArray("saidDone", Boolean.class, of(rows, row -> row.value().saidDone()))
                .bindArray("errors", String.class, of(rows, row -> row.value().error()))
                .bindArray("changed", String.class, of(rows, row -> row.value().changedAt().toString()))
                .bindArray("due", String.class, of(rows,
                        row -> row.value().dueAt() == null ? null : row.value().dueAt().toString()))
                .execute();
    }

    private static <T> @Nullable Object[] of(List<T> rows, Function<T, @Nullable Object> column) {
        return rows.stream().map(column).toArray();
    }

    /// A line of a device's history.
    record Line(int campaign, int device, DeploymentState state, String reason) {}

    static void append(Handle handle, List<Line> lines, Instant now) {
        if (lines.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO ota.transition (campaign, device, at, state, reason)
                SELECT campaign, device, :now, state, reason
                FROM unnest(:campaigns, :devices, :states, :reasons) WITH ORDINALITY
                    AS line (campaign, device, state, reason, i) ORDER BY i""")
                .bindArray("campaigns", Integer.class, of(lines, Line::campaign))
                .bindArray("devices", Integer.class, of(lines, Line::device))
                .bindArray("states", String.class, of(lines, line -> line.state().text()))
                .bindArray("reasons", String.class, of(lines, Line::reason)).bind("now", now).execute();
    }

    /// What [#cancel] did.
    ///
    /// @param more    whether there may be devices left
    /// @param waiting the devices whose tickets waited for it
    record Cancelled(boolean more, List<String> waiting) {}

    /// Cancels devices of a campaign: first those at work, then those that wait for their turn.
    ///
    /// @param max bound on each of the two
    static Cancelled cancel(Handle handle, int campaign, Closing closing, String reason, Instant now,
            int max) {
        Cancelled working = cancel(handle, campaign, "state <> 'pending' AND state = ANY(:states)", closing,
                reason, now, max);
        Cancelled pending = cancel(handle, campaign, "state = 'pending' AND state = ANY(:states)", closing,
                reason, now, max);
        return new Cancelled(working.more() || pending.more(),
                Stream.concat(working.waiting().stream(), pending.waiting().stream()).toList());
    }

    private static Cancelled cancel(Handle handle, int campaign, String which, Closing closing, String reason,
            Instant now, int max) {
        return handle.createQuery("""
                WITH chosen AS MATERIALIZED (
                    SELECT device FROM ota.deployment
                    WHERE campaign = :campaign AND outcome IS NULL AND %s LIMIT :max FOR UPDATE),
                gone AS (
                    UPDATE ota.deployment p SET state = 'cancelled', outcome = 'none', error = :reason,
                        changed_at = :now, due_at = NULL, untold = p.attempts > 0
                    FROM chosen WHERE p.campaign = :campaign AND p.device = chosen.device
                    RETURNING p.device, p.attempts, p.fix),
                told AS (
                    INSERT INTO ota.transition (campaign, device, at, state, reason)
                    SELECT :campaign, device, :now, 'cancelled', :reason FROM gone WHERE attempts > 0),
                retracted AS (
                    INSERT INTO fleet.outbox (topic, key, payload)
                    SELECT :topic, :campaign || '/' || g.device || '/' || g.attempts,
                        jsonb_build_object('campaign', :campaign, 'device', d.id)
                    FROM gone g JOIN fleet.device d ON d.number = g.device WHERE g.attempts > 0
                    ON CONFLICT (topic, key) DO NOTHING)
                SELECT (SELECT count(*) FROM gone) AS n,
                    ARRAY(SELECT d.id FROM gone JOIN fleet.device d ON d.number = gone.device
                          WHERE gone.fix) AS waiting""".formatted(which))
                .bind("reason", reason).bind("now", now).bind("campaign", campaign).bind("max", max)
                .bind("topic", Steps.RETRACT)
                .bindArray("states", String.class,
                        closing.states().stream().map(DeploymentState::text).toArray())
                .map((row, _) -> new Cancelled(row.getInt("n") == max,
                        List.of((String[]) row.getArray("waiting").getArray())))
                .one();
    }

    /// Has the offers sent again that no device has answered.
    static void reoffer(Handle handle, int campaign, Instant now) {
        handle.createUpdate("""
                INSERT INTO fleet.outbox (topic, key, payload)
                SELECT :topic, p.campaign || '/' || p.device || '/' || p.attempts || '/' || :again,
                    jsonb_build_object('campaign', p.campaign, 'device', d.id)
                FROM ota.deployment p JOIN fleet.device d ON d.number = p.device
                WHERE p.campaign = :campaign AND p.state = 'offered' AND p.outcome IS NULL
                ON CONFLICT (topic, key) DO NOTHING""").bind("topic", Steps.OFFER)
                .bind("campaign", campaign).bind("again", now.toEpochMilli()).execute();
    }

    /// Whether any device of a campaign has begun to install and cannot be stopped any more.
    static boolean isInstalling(Handle handle, int campaign) {
        return handle.createQuery("""
                SELECT EXISTS (SELECT FROM ota.deployment WHERE campaign = :campaign AND outcome IS NULL
                    AND state IN ('verifying', 'installing', 'rebooting'))""")
                .bind("campaign", campaign).mapTo(Boolean.class).one();
    }

    /// Has a campaign also look at the devices on which another one is still at work: what they will run is not known yet.
    static void follow(Handle handle, int campaign, int other, Instant now) {
        handle.createUpdate("""
                INSERT INTO ota.deployment (campaign, device, stage, changed_at, due_at)
                SELECT :campaign, device, 0, :now, :now FROM ota.deployment
                WHERE campaign = :other AND state <> 'pending' AND outcome IS NULL ON CONFLICT DO NOTHING""")
                .bind("campaign", campaign).bind("other", other).bind("now", now).execute();
    }

    static int offeredSince(Handle handle, int campaign, Instant since) {
        return handle.createQuery(
                "SELECT count(*) FROM ota.deployment WHERE campaign = :campaign AND offered_at > :since")
                .bind("campaign", campaign).bind("since", since).mapTo(Integer.class).one();
    }

    /// What the devices of a campaign are doing.
    ///
    /// @param stages each stage's tally
    /// @param states how many are in each state, over all stages
    record Census(List<Tally> stages, ObjectNode states) {}

    /// As the lines of `ota.tally` say, which every change of a deployment leaves; costs the same for any number of devices.
    static Census census(Handle handle, int campaign, int stages) {
        List<Tally> tallies = new ArrayList<>(Collections.nCopies(stages, Tally.EMPTY));
        ObjectNode states = Json.object();
        handle.createQuery("""
                SELECT stage, state, outcome, sum(n) AS n FROM ota.tally WHERE campaign = :campaign
                GROUP BY stage, state, outcome HAVING sum(n) <> 0 ORDER BY state""")
                .bind("campaign", campaign)
                .map((row, context) -> {
                    int n = row.getInt("n");
                    int stage = row.getInt("stage");
                    tallies.set(stage, tallies.get(stage).plus(Outcome.parse(row.getString("outcome")), n));
                    String state = row.getString("state");
                    states.put(state, states.path(state).asInt() + n);
                    return n;
                }).list();
        return new Census(List.copyOf(tallies), states);
    }

    /// Adds up the lines of campaigns that have many; the sums stay the same.
    ///
    /// @param linesMax a campaign may keep so many
    static void foldTallies(Handle handle, int linesMax) {
        handle.createUpdate("""
                WITH long AS (SELECT campaign FROM ota.tally GROUP BY campaign HAVING count(*) > :max),
                gone AS (DELETE FROM ota.tally t USING long WHERE t.campaign = long.campaign
                         RETURNING t.campaign, t.stage, t.state, t.outcome, t.n)
                INSERT INTO ota.tally (campaign, stage, state, outcome, n)
                SELECT campaign, stage, state, outcome, sum(n) FROM gone
                GROUP BY campaign, stage, state, outcome HAVING sum(n) <> 0""").bind("max", linesMax)
                .execute();
    }

    private static Row map(ResultSet row) throws SQLException {
        Deployment value = new Deployment(DeploymentState.parse(row.getString("state")).orElseThrow(),
                Outcome.parse(row.getString("outcome")),
                row.getInt("attempts"),
                row.getInt("progress"), row.getBoolean("said_done"), row.getBoolean("fix"),
                row.getString("error"),
                row.getTimestamp("changed_at").toInstant(), Columns.instant(row, "due_at"));
        String deviceId = row.getString("device_id");
        String deviceState = text(row, "device_state");
        DeploymentEvent.Facts facts = new DeploymentEvent.Facts(deviceId != null,
                !List.of("suspended", "replaced", "retired").contains(deviceState), row.getBoolean("busy"),
                text(row, "firmware"), text(row, "hardware"), text(row, "timezone"),
                row.getObject("revert_to", Long.class));
        return new Row(row.getInt("campaign"), row.getInt("device"), deviceId, value, facts);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
