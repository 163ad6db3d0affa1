package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.DeploymentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Carries out a campaign's decision within the transaction that decides it.
final class Effects {
    private static final int CANCEL_MAX = 10_000;

    private Effects() {}

    /// Writes a decision and carries it out.
    ///
    /// @return what is to be told after the commit
    static List<Notices.Change> decided(Handle handle, Steps steps, CampaignRow row,
            Campaign.Decision decision, Instant now) {
        CampaignStore.update(handle, row.number(), decision.next(), now);
        return carryOut(handle, steps, row, decision.effects(), now);
    }

    /// @return what is to be told after the commit
    static List<Notices.Change> carryOut(Handle handle, Steps steps, CampaignRow row,
            List<CampaignEffect> effects,
            Instant now) {
        List<Notices.Change> changes = new ArrayList<>();
        for (CampaignEffect effect : effects) {
            switch (effect) {
                case CampaignEffect.Enrol _ -> {
                    Enrolment.begin(handle, row);
                    Enrolment.next(handle, row, Enrolment.CHUNK_MAX, now);
                    Reverts.started(handle, steps, row, now);
                }
                case CampaignEffect.Offer offer -> changes.addAll(steps.apply(handle,
                        DeploymentStore.waiting(handle, row.number(), offer.stage(), now, offer.max()),
                        waiting -> new DeploymentEvent.Turn(waiting.facts()), now));
                case CampaignEffect.Reoffer _ -> DeploymentStore.reoffer(handle, row.number(), now);
                case CampaignEffect.Cancel cancel -> cancel(handle, row,
                        cancel.force() ? Closing.FORCE : Closing.GENTLE, cancel.reason(), now);
                case CampaignEffect.Revert revert ->
                    Reverts.carryOut(handle, steps, row, revert.approved(), now);
                case CampaignEffect.WithdrawRevert _ -> Reverts.withdraw(handle, steps, row, now);
            }
        }
        return changes;
    }

    /// Cancels as many devices as one transaction should; the engine goes on with the rest.
    ///
    /// @return whether there is a rest
    static boolean cancel(Handle handle, CampaignRow row, Closing closing, String reason, Instant now) {
        DeploymentStore.Cancelled cancelled = DeploymentStore.cancel(handle, row.number(), closing, reason,
                now, CANCEL_MAX);
        if (!cancelled.waiting().isEmpty()) {
            Steps.Assignment assignment = Steps.Assignment.of(handle, row);
            cancelled.waiting().forEach(
                    device -> FixNews.missing(handle, assignment, device, FixState.FAILED, reason, now));
        }
        if (cancelled.more() || row.closing() != null) {
            CampaignStore.updateClosing(handle, row.number(), cancelled.more() ? closing : null);
        }
        return cancelled.more();
    }
}
