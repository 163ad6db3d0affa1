package io.aftercare.ota.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Carries out a campaign's decision within the transaction that decides it.
final class Effects {
    private Effects() {}

    /// @return what is to be told after the commit
    static List<Notices.Change> carryOut(Handle handle, Steps steps, CampaignRow row,
            List<CampaignEffect> effects,
            Instant now) {
        List<Notices.Change> changes = new ArrayList<>();
        for (CampaignEffect effect : effects) {
            switch (effect) {
                case CampaignEffect.Enrol _ -> {
                    Enrolment.enrol(handle, row, now);
                    Reverts.started(handle, steps, row, now);
                }
                case CampaignEffect.Offer offer -> changes.addAll(steps.apply(handle,
                        DeploymentStore.waiting(handle, row.number(), offer.stage(), now, offer.max()),
                        waiting -> new DeploymentEvent.Turn(waiting.facts()), now));
                case CampaignEffect.Reoffer _ -> DeploymentStore.reoffer(handle, row.number(), now);
                case CampaignEffect.Cancel cancel -> cancel(handle, row, cancel.reason(), now);
                case CampaignEffect.Revert revert ->
                    Reverts.carryOut(handle, steps, row, revert.approved(), now);
                case CampaignEffect.WithdrawRevert _ -> Reverts.withdraw(handle, steps, row, now);
            }
        }
        return changes;
    }

    private static void cancel(Handle handle, CampaignRow row, String reason, Instant now) {
        List<String> waiting = DeploymentStore.cancel(handle, row.number(), reason, now);
        if (!waiting.isEmpty()) {
            Steps.Assignment assignment = Steps.Assignment.of(handle, row);
            waiting.forEach(
                    device -> FixNews.missing(handle, assignment, device, FixState.FAILED, reason, now));
        }
    }
}
