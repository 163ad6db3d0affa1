package io.aftercare.ota.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
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

    /// Those whose turn it is, locked; none that somebody else works on.
    static List<Row> waiting(Handle handle, int campaign, int stage, Instant now, int max) {
        return handle
                .createQuery(
                        SELECT + """
                                WHERE p.campaign = :campaign AND p.stage <= :stage AND p.state = 'pending' AND p.outcome IS NULL
                                    AND p.due_at <= :now
                                ORDER BY p.stage, p.due_at LIMIT :max FOR UPDATE OF p SKIP LOCKED""")
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

    /// Writes what was decided.
    static void update(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE ota.deployment SET state = :state, outcome = :outcome, attempts = :attempts,
                    progress = :progress, said_done = :saidDone, error = :error, changed_at = :changedAt,
                    due_at = :dueAt,
                    offered_at = CASE WHEN :state = 'offered' THEN :changedAt ELSE offered_at END
                WHERE campaign = :campaign AND device = :device""");
        for (Row row : rows) {
            Deployment value = row.value();
            batch.bind("state", value.state().text())
                    .bind("outcome", value.outcome() == null ? null : value.outcome().text())
                    .bind("attempts", value.attempts()).bind("progress", value.progress())
                    .bind("saidDone", value.saidDone()).bind("error", value.error())
                    .bind("changedAt", value.changedAt()).bind("dueAt", value.dueAt())
                    .bind("campaign", row.campaign()).bind("device", row.device()).add();
        }
        batch.execute();
    }

    /// A line of a device's history.
    record Line(int campaign, int device, DeploymentState state, String reason) {}

    static void append(Handle handle, List<Line> lines, Instant now) {
        if (lines.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO ota.transition (campaign, device, at, state, reason)
                VALUES (:campaign, :device, :now, :state, :reason)""");
        for (Line line : lines) {
            batch.bind("campaign", line.campaign()).bind("device", line.device()).bind("now", now)
                    .bind("state", line.state().text()).bind("reason", line.reason()).add();
        }
        batch.execute();
    }

    /// Cancels what can still be stopped, a whole campaign in one statement.
    ///
    /// @return the devices whose tickets waited for it
    static List<String> cancel(Handle handle, int campaign, String reason, Instant now) {
        List<String> states = Stream.of(DeploymentState.values()).filter(DeploymentState::isCancellable)
                .map(DeploymentState::text).toList();
        return handle.createQuery("""
                WITH gone AS (
                    UPDATE ota.deployment SET state = 'cancelled', outcome = 'none', error = :reason,
                        changed_at = :now, due_at = NULL
                    WHERE campaign = :campaign AND outcome IS NULL AND state = ANY(:states)
                    RETURNING device, attempts, fix),
                told AS (
                    INSERT INTO ota.transition (campaign, device, at, state, reason)
                    SELECT :campaign, device, :now, 'cancelled', :reason FROM gone WHERE attempts > 0)
                SELECT d.id FROM gone JOIN fleet.device d ON d.number = gone.device WHERE gone.fix""")
                .bind("reason", reason).bind("now", now).bind("campaign", campaign)
                .bindArray("states", String.class, states).mapTo(String.class).list();
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

    static Census census(Handle handle, int campaign, int stages) {
        List<Tally> tallies = new ArrayList<>(Collections.nCopies(stages, Tally.EMPTY));
        ObjectNode states = Json.object();
        handle.createQuery("""
                SELECT stage, state, outcome, count(*) AS n FROM ota.deployment WHERE campaign = :campaign
                GROUP BY stage, state, outcome ORDER BY state""").bind("campaign", campaign)
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

    private static Row map(ResultSet row) throws SQLException {
        Deployment value = new Deployment(DeploymentState.parse(row.getString("state")).orElseThrow(),
                Outcome.parse(row.getString("outcome")),
                row.getInt("attempts"),
                row.getInt("progress"), row.getBoolean("said_done"), row.getBoolean("fix"),
                row.getString("error"),
                row.getTimestamp("changed_at").toInstant(), instant(row, "due_at"));
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

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
