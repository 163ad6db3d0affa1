package io.aftercare.ota.campaign;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.ota.plan.Plan;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.release.Release;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of campaigns. Every method works within the caller's transaction.
final class CampaignStore {
    private static final String SELECT = """
            SELECT c.*, r.id AS release_id, r.product, r.version AS release_version, r.expires_at
            FROM ota.campaign c JOIN ota.release r ON r.number = c.release
            """;

    private CampaignStore() {}

    /// A campaign that is not stored yet.
    record New(String name, Release release, String target, Plan plan, CampaignState state, String author,
            boolean proposed, @Nullable Integer revertOf, int matched) {}

    static CampaignRow insert(Handle handle, New campaign, Instant now) {
        List<StageStatus> stages = Collections.nCopies(campaign.plan().stages().size(), StageStatus.WAITING);
        int number = handle
                .createQuery(
                        """
                                INSERT INTO ota.campaign (name, release, target, plan, state, author, proposed, revert_of, stages, matched, created_at)
                                VALUES (:name, :release, :target, :plan::jsonb, :state, :author, :proposed, :revertOf, :stages::jsonb, :matched, :now)
                                RETURNING number""")
                .bind("name", campaign.name()).bind("release", campaign.release().number())
                .bind("target", campaign.target()).bind("plan", Json.text(campaign.plan()))
                .bind("state", campaign.state().text()).bind("author", campaign.author())
                .bind("proposed", campaign.proposed()).bind("revertOf", campaign.revertOf())
                .bind("stages", Json.text(stages))
                .bind("matched", campaign.matched()).bind("now", now).mapTo(Integer.class).one();
        return lock(handle, "C" + number);
    }

    /// The campaign, locked until the transaction ends; a [Problem] 404 where there is none.
    static CampaignRow lock(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE c.id = :id FOR NO KEY UPDATE OF c").bind("id", id)
                .map((row, context) -> map(row)).findOne()
                .orElseThrow(() -> Problem.notFound("campaign", id));
    }

    static Optional<CampaignRow> find(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE c.id = :id").bind("id", id).map((row, context) -> map(row))
                .findOne();
    }

    static Optional<CampaignRow> find(Handle handle, int number) {
        return handle.createQuery(SELECT + "WHERE c.number = :number").bind("number", number)
                .map((row, context) -> map(row)).findOne();
    }

    /// Which campaigns are asked for; null for any.
    ///
    /// @param release id
    record Filter(@Nullable String state, @Nullable String release, @Nullable String product) {}

    /// The newest first.
    static List<CampaignRow> list(Handle handle, Filter filter, @Nullable Long cursor, int limit) {
        return handle
                .createQuery(
                        SELECT + """
                                WHERE (:state::text IS NULL OR c.state = :state) AND (:release::text IS NULL OR r.id = :release)
                                    AND (:product::text IS NULL OR r.product = :product)
                                    AND (:cursor::bigint IS NULL OR c.number < :cursor)
                                ORDER BY c.number DESC LIMIT :limit""")
                .bind("state", filter.state()).bind("release", filter.release())
                .bind("product", filter.product()).bind("cursor", cursor)
                .bind("limit", limit).map((row, context) -> map(row)).list();
    }

    static List<String> running(Handle handle) {
        return handle.createQuery("SELECT id FROM ota.campaign WHERE state = 'running' ORDER BY number")
                .mapTo(String.class).list();
    }

    /// The running campaigns that bring a version to a product's devices.
    static List<String> running(Handle handle, String product, String version) {
        return handle.createQuery(
                """
                        SELECT c.id FROM ota.campaign c JOIN ota.release r ON r.number = c.release
                        WHERE c.state = 'running' AND r.product = :product AND r.version = :version ORDER BY c.number""")
                .bind("product", product).bind("version", version).mapTo(String.class).list();
    }

    /// The campaigns of a release that have not ended, locked.
    static List<CampaignRow> open(Handle handle, int release) {
        return handle.createQuery(SELECT + """
                WHERE c.release = :release AND c.state NOT IN ('aborted', 'finished')
                ORDER BY c.number FOR NO KEY UPDATE OF c""").bind("release", release)
                .map((row, context) -> map(row)).list();
    }

    /// Unapproved proposals of a release, to go up to it or to return to it, locked.
    static List<CampaignRow> proposals(Handle handle, int release, boolean revert) {
        return handle.createQuery(SELECT + """
                WHERE c.release = :release AND c.revert = :revert AND c.proposed
                    AND c.state IN ('draft', 'awaiting-approval')
                FOR NO KEY UPDATE OF c""").bind("release", release).bind("revert", revert)
                .map((row, context) -> map(row)).list();
    }

    /// The campaign that returns another one's devices, unless it was aborted; locked.
    static Optional<CampaignRow> revertOf(Handle handle, int number) {
        return handle.createQuery(SELECT + """
                WHERE c.revert_of = :number AND c.state <> 'aborted' FOR NO KEY UPDATE OF c""")
                .bind("number", number).map((row, context) -> map(row)).findOne();
    }

    /// Adds to the reason of the state that the campaign is in.
    static void addReason(Handle handle, int number, String more) {
        handle.createUpdate("UPDATE ota.campaign SET reason = reason || '; ' || :more WHERE number = :number")
                .bind("more", more).bind("number", number).execute();
    }

    /// All campaigns that bring devices up to a release, the newest first.
    static List<CampaignRow> ofRelease(Handle handle, int release) {
        return handle
                .createQuery(SELECT + "WHERE c.release = :release AND NOT c.revert ORDER BY c.number DESC")
                .bind("release", release).map((row, context) -> map(row)).list();
    }

    /// Gives a proposal that nobody has approved yet other devices; one that was approved meanwhile stays as it is.
    static CampaignRow retarget(Handle handle, CampaignRow proposal, String name, String target,
            int matched) {
        handle.createUpdate(
                """
                        UPDATE ota.campaign SET name = :name, target = :target, matched = :matched, revision = revision + 1
                        WHERE number = :number AND state IN ('draft', 'awaiting-approval')""")
                .bind("name", name)
                .bind("target", target).bind("matched", matched).bind("number", proposal.number()).execute();
        return find(handle, proposal.value().id()).orElseThrow();
    }

    /// Writes what was decided.
    static void update(Handle handle, int number, Campaign next, Instant now) {
        handle.createUpdate(
                """
                        UPDATE ota.campaign SET state = :state, reason = :reason, approved_by = :approvedBy, revision = revision + 1,
                            approved_at = CASE WHEN :state = 'approved' THEN :now ELSE approved_at END, stage = :stage,
                            stages = :stages::jsonb,
                            started_at = CASE WHEN :state = 'running' THEN coalesce(started_at, :now) ELSE started_at END,
                            finished_at = CASE WHEN :state IN ('aborted', 'finished') THEN :now ELSE finished_at END
                        WHERE number = :number""")
                .bind("state", next.state().text()).bind("reason", next.reason())
                .bind("approvedBy", next.approvedBy()).bind("now", now).bind("stage", next.stage())
                .bind("stages", Json.text(next.stages())).bind("number", number).execute();
    }

    static void updateCounts(Handle handle, int number, JsonNode counts) {
        handle.createUpdate("UPDATE ota.campaign SET counts = :counts::jsonb WHERE number = :number")
                .bind("counts", Json.text(counts)).bind("number", number).execute();
    }

    /// Notes what the engine still has to cancel of a campaign, null for nothing.
    static void updateClosing(Handle handle, int number, @Nullable Closing closing) {
        handle.createUpdate("UPDATE ota.campaign SET closing = :closing WHERE number = :number")
                .bind("closing", closing == null ? null : closing.text()).bind("number", number).execute();
    }

    /// The campaigns of which something is still to be cancelled.
    static List<String> closing(Handle handle) {
        return handle.createQuery("SELECT id FROM ota.campaign WHERE closing IS NOT NULL ORDER BY number")
                .mapTo(String.class).list();
    }

    static void updateSwept(Handle handle, int number, Instant now) {
        handle.createUpdate("UPDATE ota.campaign SET swept_at = :now WHERE number = :number").bind("now", now)
                .bind("number", number).execute();
    }

    private static CampaignRow map(ResultSet row) throws SQLException {
        Plan plan = Json.convert(Json.parse(row.getString("plan")), Plan.class);
        List<StageStatus> stages = Json.read(row.getString("stages"), new TypeReference<List<StageStatus>>() {
        });
        Campaign value = new Campaign(row.getString("id"),
                CampaignState.parse(row.getString("state")).orElseThrow(),
                row.getString("reason"), row.getString("author"), row.getString("approved_by"), plan,
                row.getInt("stage"), stages, row.getTimestamp("expires_at").toInstant());
        return new CampaignRow(row.getInt("number"), row.getInt("revision"), value, row.getString("name"),
                row.getInt("release"),
                row.getString("release_id"), row.getString("product"), row.getString("release_version"),
                row.getString("target"), row.getBoolean("proposed"),
                row.getObject("revert_of", Integer.class),
                Columns.instant(row, "approved_at"),
                row.getInt("matched"), Json.parse(row.getString("counts")),
                row.getTimestamp("created_at").toInstant(), Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"), Columns.instant(row, "swept_at"),
                row.getObject("enrol_after") != null, Closing.parse(row.getString("closing")));
    }
}
