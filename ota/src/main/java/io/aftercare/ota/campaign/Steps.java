package io.aftercare.ota.campaign;

import java.util.Map;
import java.util.HashMap;
import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentEffect;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.deployment.Terms;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Carries out deployments' decisions: rows, history and outbox in the caller's transaction, so that either all of a
/// decision is there or nothing.
final class Steps {
    /// Outbox topic of an offer that is to be sent.
    static final String OFFER = "ota.offer";
    /// Outbox topic of the word that an offer no longer holds.
    static final String RETRACT = "ota.retract";

    private final Terms.Patience patience;

    Steps(Terms.Patience patience) {
        this.patience = patience;
    }

    /// Applies to each row the event that `event` makes of it.
    ///
    /// @return what is to be told after the commit
    List<Notices.Change> apply(Handle handle, List<DeploymentStore.Row> rows,
            Function<DeploymentStore.Row, DeploymentEvent> event, Instant now) {
        List<DeploymentStore.Row> changed = new ArrayList<>();
        List<DeploymentStore.Line> lines = new ArrayList<>();
        List<Notices.Change> changes = new ArrayList<>();
        Assignments assignments = new Assignments(handle);
        for (DeploymentStore.Row row : rows) {
            Assignment assignment = assignments.of(row.campaign());
            Deployment.Decision decision = row.value().next(event.apply(row), assignment.terms(patience, row),
                    now);
            if (decision.next().equals(row.value())) {
                continue;
            }
            changed.add(new DeploymentStore.Row(row.campaign(), row.device(), row.deviceId(), decision.next(),
                    row.facts()));
            for (DeploymentEffect effect : decision.effects()) {
                carryOut(handle, assignment, row, decision.next(), effect, lines, now);
            }
            changes.add(new Notices.Change(assignment.campaign().value().id(),
                    row.deviceId() == null ? "" : row.deviceId(), decision.next().state(),
                    decision.next().progress()));
        }
        DeploymentStore.update(handle, changed);
        DeploymentStore.append(handle, lines, now);
        return changes;
    }

    private static void carryOut(Handle handle, Assignment assignment, DeploymentStore.Row row,
            Deployment next,
            DeploymentEffect effect, List<DeploymentStore.Line> lines, Instant now) {
        switch (effect) {
            case DeploymentEffect.Moved moved ->
                lines.add(new DeploymentStore.Line(row.campaign(), row.device(), moved.state(),
                        moved.reason()));
            case DeploymentEffect.SendOffer _ -> Outbox.append(handle, OFFER,
                    row.campaign() + "/" + row.device() + "/" + next.attempts()
                            + (row.value().state() == DeploymentState.PENDING
                                    ? ""
                                    : "/" + now.toEpochMilli()),
                    Json.object().put("campaign", row.campaign()).put("device", row.deviceId()));
            case DeploymentEffect.Retract _ -> {
                if (row.deviceId() != null) {
                    Outbox.append(handle, RETRACT,
                            row.campaign() + "/" + row.device() + "/" + next.attempts(),
                            Json.object().put("campaign", row.campaign()).put("device", row.deviceId()));
                }
            }
            case DeploymentEffect.Installed _ -> {
                if (row.deviceId() != null) {
                    FixNews.installed(handle, assignment, row.deviceId(), now);
                }
            }
            case DeploymentEffect.NotInstalled not -> {
                if (row.value().fix() && row.deviceId() != null) {
                    FixNews.missing(handle, assignment, row.deviceId(), FixState.FAILED, not.reason(), now);
                }
            }
        }
    }

    /// A campaign with its release.
    record Assignment(CampaignRow campaign, Release release) {
        static Assignment of(Handle handle, CampaignRow campaign) {
            return new Assignment(campaign, Releases.find(handle, campaign.releaseId()).orElseThrow());
        }

        Terms terms(Terms.Patience patience, DeploymentStore.Row row) {
            boolean over = campaign.value().state().next().isEmpty();
            return new Terms(release.manifest(), campaign.value().plan(), patience, over, row.device());
        }
    }

    /// The campaigns that one transaction has met.
    private static final class Assignments {
        private final Handle handle;
        private final Map<Integer, Assignment> known = new HashMap<>();

        Assignments(Handle handle) {
            this.handle = handle;
        }

        Assignment of(int campaign) {
            return known.computeIfAbsent(campaign,
                    number -> Assignment.of(handle, CampaignStore.find(handle, number).orElseThrow()));
        }
    }
}
