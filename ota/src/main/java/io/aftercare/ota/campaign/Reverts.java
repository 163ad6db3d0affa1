package io.aftercare.ota.campaign;

import io.aftercare.ota.wording.Wording;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.plan.Target;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Returns devices from a release that turned out to be bad to the one before it, by a campaign of its own. A device
/// accepts that only where the manifest that it runs, signed by the firmware team, names how far it may go back
/// (`revertTo`), so that a server cannot downgrade what they have not allowed.
///
/// All of it happens in the transaction that decides it, and a campaign's devices are returned once.
final class Reverts {
    private Reverts() {}

    /// Makes the campaign that returns the devices of `bad`, and says in the reason of `bad` which one it is, or why there
    /// is none. Nothing to return is no news.
    ///
    /// @param approved whether it starts at once, in the name of who approved `bad`
    static void carryOut(Handle handle, Steps steps, CampaignRow bad, boolean approved, Instant now) {
        String target = "device.firmware == \"" + bad.version() + "\"";
        int matched = Enrolment.count(handle, bad.product(), Target.parse(target));
        if (matched == 0 && !DeploymentStore.isInstalling(handle, bad.number())
                || CampaignStore.revertOf(handle, bad.number()).isPresent()) {
            return;
        }
        Optional<Release> earlier = earlier(handle, bad.release(), now);
        if (earlier.isEmpty()) {
            CampaignStore.addReason(handle, bad.number(),
                    Wording.CANNOT_RETURN.of(bad.version()));
            return;
        }
        String author = approved ? Principal.SYSTEM.name() : bad.value().author();
        CampaignRow made = CampaignStore.insert(handle, new CampaignStore.New(
                Wording.RETURN.of(bad.version(), earlier.get().version()), earlier.get(), target,
                plan(bad.value().plan()), CampaignState.AWAITING_APPROVAL, author, true, bad.number(),
                matched),
                now);
        String id = made.value().id();
        Audit.append(handle, Principal.SYSTEM, "campaign.revert", "campaign/" + id,
                Json.object().put("of", bad.value().id()).put("release", earlier.get().id())
                        .put("approvedBy", approved ? bad.value().approvedBy() : null));
        if (approved) {
            begin(handle, steps, made, String.valueOf(bad.value().approvedBy()), now);
        }
        CampaignStore.addReason(handle, bad.number(),
                (approved ? Wording.RETURNS : Wording.WOULD_RETURN).of(id, earlier.get().version()));
        Outbox.append(handle, FixProposals.PROPOSED, id, Json.object().put("campaign", id));
    }

    private static void begin(Handle handle, Steps steps, CampaignRow made, String approver, Instant now) {
        Campaign approved = made.value().next(new CampaignEvent.Approve(approver), now).next();
        CampaignStore.update(handle, made.number(), approved, now);
        Campaign.Decision started = approved.next(new CampaignEvent.Start(Principal.SYSTEM.name()), now);
        Effects.decided(handle, steps, made, started, now);
    }

    // nothing beyond what was approved of the campaign: its window, rate and mode hold for the way back as well
    private static Plan plan(Plan bad) {
        Plan.Gate gate = bad.gate();
        return new Plan(List.of(Plan.Stage.of(100)),
                new Plan.Gate(gate.success(), gate.error(), gate.minimum(), Duration.ZERO, Plan.Action.PAUSE,
                        gate.alpha(), List.of()),
                bad.window(), bad.rate(), bad.mode(), bad.retry(), null, null, true);
    }

    /// A campaign that returns the devices of another one has started: that one ends, and devices on which it is still at
    /// work are followed to the end of that.
    static void started(Handle handle, Steps steps, CampaignRow revert, Instant now) {
        Integer number = revert.revertOf();
        if (number == null) {
            return;
        }
        CampaignRow bad = CampaignStore.lock(handle, "C" + number);
        end(handle, steps, bad, Wording.RETURNS.of(revert.value().id(), revert.version()), now);
        DeploymentStore.follow(handle, revert.number(), number, now);
    }

    /// The campaign goes on after all: a proposal to return its devices is withdrawn.
    static void withdraw(Handle handle, Steps steps, CampaignRow campaign, Instant now) {
        CampaignStore.revertOf(handle, campaign.number())
                .ifPresent(
                        revert -> end(handle, steps, revert, Wording.GOES_ON.of(campaign.value().id()), now));
    }

    private static void end(Handle handle, Steps steps, CampaignRow row, String reason, Instant now) {
        if (row.value().state().next().isEmpty()) {
            return;
        }
        Campaign.Decision ended = row.value().next(new CampaignEvent.Abort(Principal.SYSTEM.name(), reason),
                now);
        Effects.decided(handle, steps, row, ended, now);
        Audit.append(handle, Principal.SYSTEM, "campaign.abort", "campaign/" + row.value().id(),
                Json.object().put("reason", reason));
        Outbox.append(handle, FixProposals.PROPOSED, row.value().id() + "/ended",
                Json.object().put("campaign", row.value().id()));
    }

    /// The release to return to: the newest one before it that its manifest allows and that devices would take today.
    private static Optional<Release> earlier(Handle handle, int release, Instant now) {
        return handle.createQuery("""
                SELECT e.id FROM ota.release r JOIN ota.release e ON e.product = r.product
                WHERE r.number = :release AND e.counter < r.counter AND e.counter >= r.revert_to
                    AND e.expires_at > :now AND e.withdrawn_at IS NULL
                ORDER BY e.counter DESC LIMIT 1""").bind("release", release).bind("now", now)
                .mapTo(String.class).findOne().flatMap(id -> Releases.find(handle, id));
    }

    /// Refuses a return to a release to which no other one allows it.
    static void check(Handle handle, Release to) {
        boolean allowed = handle.createQuery("""
                SELECT EXISTS (SELECT FROM ota.release WHERE product = :product AND counter > :counter
                    AND revert_to <= :counter)""").bind("product", to.product())
                .bind("counter", to.manifest().counter()).mapTo(Boolean.class).one();
        if (!allowed) {
            throw Problem.invalid("revert", "no release of " + to.product() + " allows a return to "
                    + to.version() + "; its manifest would name a \"revertTo\" of at most "
                    + to.manifest().counter());
        }
    }
}
