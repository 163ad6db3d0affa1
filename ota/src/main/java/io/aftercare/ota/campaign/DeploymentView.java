package io.aftercare.ota.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.ota.wording.Told;
import io.aftercare.ota.wording.Wording;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// A device within a campaign as the staff's API shows it.
///
/// @param number   of the device, the list's cursor
/// @param firmware what it reported last
record DeploymentView(int number, String device, String state, @Nullable String outcome, int stage,
        int attempts,
        int progress, String error, String firmware, @Nullable Instant offeredAt, Instant changedAt,
        @Nullable Instant dueAt) {
    static final int FAILURES_MAX = 100;

    /// The error part by part.
    @JsonProperty
    List<Told> why() {
        return Wording.read(error);
    }

    /// Which devices are asked for; null for any.
    ///
    /// @param stage from 1
    /// @param error the whole of it, as [#failures] tells it
    record Filter(@Nullable String state, @Nullable String outcome, @Nullable Integer stage,
            @Nullable String error) {
        static final Filter NONE = new Filter(null, null, null, null);
    }

    static List<DeploymentView> list(Handle handle, int campaign, Filter filter, long after, int limit) {
        return handle.registerRowMapper(ConstructorMapper.factory(DeploymentView.class))
                .createQuery(
                        """
                                SELECT p.device AS number, d.id AS device, p.state, p.outcome, p.stage + 1 AS stage, p.attempts,
                                    p.progress, p.error, d.firmware, p.offered_at, p.changed_at, p.due_at
                                FROM ota.deployment p JOIN fleet.device d ON d.number = p.device
                                WHERE p.campaign = :campaign AND (:state::text IS NULL OR p.state = :state)
                                    AND (:outcome::text IS NULL OR p.outcome = :outcome)
                                    AND (:stage::int IS NULL OR p.stage = :stage - 1)
                                    AND (:error::text IS NULL OR p.error = :error) AND p.device > :after
                                ORDER BY p.device LIMIT :limit""")
                .bind("campaign", campaign).bind("state", filter.state())
                .bind("outcome", filter.outcome()).bind("stage", filter.stage())
                .bind("error", filter.error())
                .bind("after", after).bind("limit", limit).mapTo(DeploymentView.class).list();
    }

    /// How many devices of a campaign ended alike.
    ///
    /// @param last when that befell the last of them
    record Failures(String state, String error, int devices, Instant last) {
        /// The error part by part.
        @JsonProperty
        List<Told> why() {
            return Wording.read(error);
        }
    }

    /// What befell most devices first, at most [#FAILURES_MAX].
    static List<Failures> failures(Handle handle, int campaign) {
        return handle.registerRowMapper(ConstructorMapper.factory(Failures.class)).createQuery("""
                SELECT p.state, p.error, count(*) AS devices, max(p.changed_at) AS last FROM ota.deployment p
                WHERE p.campaign = :campaign AND p.outcome = 'failure' GROUP BY p.state, p.error
                ORDER BY devices DESC, p.error LIMIT :max""").bind("campaign", campaign)
                .bind("max", FAILURES_MAX).mapTo(Failures.class).list();
    }

    /// A step of a device's updates, for its timeline.
    public record Step(Instant at, String campaign, String release, String version, String state,
            String reason) {
        /// The reason part by part.
        @JsonProperty
        List<Told> why() {
            return Wording.read(reason);
        }
    }

    static List<Step> history(Handle handle, int device, int limit) {
        return handle.registerRowMapper(ConstructorMapper.factory(Step.class)).createQuery("""
                SELECT t.at, c.id AS campaign, r.id AS release, r.version, t.state, t.reason
                FROM ota.transition t JOIN ota.campaign c ON c.number = t.campaign
                    JOIN ota.release r ON r.number = c.release
                WHERE t.device = :device ORDER BY t.id DESC LIMIT :limit""").bind("device", device)
                .bind("limit", limit).mapTo(Step.class).list();
    }
}
