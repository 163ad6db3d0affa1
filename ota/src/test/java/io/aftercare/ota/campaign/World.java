package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentEffect;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.deployment.Outcome;
import io.aftercare.ota.deployment.Terms;
import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import io.aftercare.ota.deployment.DeploymentEvent.Facts;
import io.aftercare.ota.deployment.DeploymentEvent.Reported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Two campaigns of one release over the same devices, in memory: what the database would hold, what is on its way, and
/// devices that lose, repeat and forget. A transaction is a copy that replaces the state when it commits, and a kill throws
/// the copy away; so every place between two effects can be the last one, as can every place between a commit and what
/// follows from it outside.
final class World {
    static final int DEVICES = 12;
    static final String OLD = "2.3.0";
    static final String NEW = "2.4.0";
    /// So many devices are enrolled, or cancelled, in one transaction.
    private static final int PIECE = 4;

    /// Thrown where the process is killed.
    static final class Crash extends RuntimeException {}

    final Random random;
    final Plan plan;
    final List<SimulatedDevice> devices = new ArrayList<>();
    Stored stored = new Stored();
    Instant now = Plans.START;
    int crashes;
    /// How many places there were where the process could have been killed.
    int places;
    private final int killedAt;
    private Stored open = stored;
    private final Terms terms;

    /// @param killedAt the one place where the process is killed; below zero for a random choice of them
    World(long seed, int killedAt) {
        this.random = new Random(seed);
        this.killedAt = killedAt;
        this.plan = SimulatedPlans.of(random);
        this.terms = Plans.terms(plan);
        stored.registered = random.nextBoolean() ? DEVICES : DEVICES - 3;
        for (int i = 0; i < DEVICES; i++) {
            stored.firmware[i] = OLD;
            devices.add(new SimulatedDevice(i, random));
        }
        for (int c = 0; c < Stored.CAMPAIGNS; c++) {
            stored.campaigns[c] = Plans.campaign(plan).next(new CampaignEvent.Approve("bob"), now).next();
        }
    }

    /// Runs a transaction; it may be killed at any of its steps, and then nothing of it has happened.
    ///
    /// @return whether it is committed and the process lives
    boolean transaction(Runnable work) {
        open = stored.copy();
        try {
            work.run();
            mayCrash();
            Invariants.check(this, stored, open);
            stored = open;
            mayCrash(); // after the commit, before anybody hears of it
            return true;
        } catch (Crash crash) {
            crashes++;
            return false;
        } finally {
            open = stored;
        }
    }

    private void mayCrash() {
        int place = places++;
        if (killedAt < 0 ? random.nextInt(50) == 0 : place == killedAt) {
            throw new Crash();
        }
    }

    /// What somebody asks for; what cannot be done now is refused and changes nothing.
    void ask(int campaign, CampaignEvent event) {
        try {
            Campaign.Decision decision = open.campaigns[campaign].next(event, now);
            if (open.withdrawn && decision.next().state() == CampaignState.RUNNING) {
                throw Problem.conflict("withdrawn");
            }
            carryOut(campaign, decision);
        } catch (Problem refused) {
            Invariants.require(refused.status() == 409, "refused otherwise than by 409", refused.status());
        }
    }

    /// What somebody asks for of one device.
    void ask(int campaign, int device, DeploymentEvent event) {
        try {
            apply(campaign, device, event);
        } catch (Problem refused) {
            Invariants.require(refused.status() == 409, "refused otherwise than by 409", refused.status());
        }
    }

    /// The health gate looks at what soaks: gathered from what is committed, decided in a transaction of its own.
    void look(int campaign) {
        Campaign seen = stored.campaigns[campaign];
        Instant reached = seen.stages().get(seen.stage()).reachedAt();
        if (reached != null) {
            boolean last = !now.isBefore(reached.plus(plan.gate().soak()));
            String worse = random.nextInt(40) == 0 ? "JAM on all of them" : "";
            transaction(() -> ask(campaign, new CampaignEvent.Looked(seen.stage(), reached, last, worse)));
        }
    }

    void withdraw() {
        open.withdrawn = true;
        for (int c = 0; c < Stored.CAMPAIGNS; c++) {
            ask(c, new CampaignEvent.Abort("ann", "withdrawn"));
        }
    }

    private void carryOut(int campaign, Campaign.Decision decision) {
        mayCrash();
        open.campaigns[campaign] = decision.next();
        for (CampaignEffect effect : decision.effects()) {
            mayCrash();
            switch (effect) {
                case CampaignEffect.Enrol _ -> {
                    open.enrolAfter[campaign] = -1;
                    enrol(campaign);
                }
                case CampaignEffect.Offer offer -> offer(campaign, offer);
                case CampaignEffect.Reoffer _ -> reoffer(campaign);
                case CampaignEffect.Cancel cancel -> {
                    open.closing[campaign] = cancel.force() ? Closing.FORCE : Closing.GENTLE;
                    cancel(campaign);
                }
                case CampaignEffect.Revert revert -> open.reverts[campaign] = revert.approved() ? 2 : 1;
                case CampaignEffect.WithdrawRevert _ -> open.reverts[campaign] = 0;
            }
        }
    }

    private void enrol(int campaign) {
        Integer after = open.enrolAfter[campaign];
        if (after == null) {
            return;
        }
        int last = Math.min(open.registered - 1, after + PIECE);
        for (int device = after + 1; device <= last; device++) {
            mayCrash();
            open.enrol(campaign, device, stage(device), now);
        }
        open.enrolAfter[campaign] = last == open.registered - 1 ? null : Integer.valueOf(last);
    }

    private int stage(int device) {
        int stage = 0;
        while (device >= plan.stages().get(stage).upTo(DEVICES)) {
            stage++;
        }
        return stage;
    }

    private void cancel(int campaign) {
        Closing closing = open.closing[campaign];
        int left = PIECE;
        for (int device = 0; device < DEVICES && closing != null; device++) {
            Deployment each = open.deployments[campaign][device];
            if (each == null || !each.isOpen() || !closing.states().contains(each.state())) {
                continue;
            }
            if (left-- == 0) {
                return; // the rest is for the next piece
            }
            mayCrash();
            open.put(campaign, device,
                    new Deployment(DeploymentState.CANCELLED, Outcome.NONE, each.attempts(), 0,
                            false, false, open.campaigns[campaign].reason(), now, null));
        }
        open.closing[campaign] = null;
    }

    private void offer(int campaign, CampaignEffect.Offer offer) {
        int left = offer.max();
        for (int device = 0; device < DEVICES && left > 0; device++) {
            Deployment waiting = open.deployments[campaign][device];
            boolean due = waiting != null && waiting.state() == DeploymentState.PENDING && waiting.isOpen()
                    && waiting.dueAt() != null && !waiting.dueAt().isAfter(now);
            if (due && open.stages[campaign][device] <= offer.stage()) {
                boolean busy = open.atWork(1 - campaign, device);
                apply(campaign, device, new DeploymentEvent.Turn(
                        new Facts(true, true, busy, open.firmware[device], "B1", "", null)));
                left--;
            }
        }
    }

    private void reoffer(int campaign) {
        for (int device = 0; device < DEVICES; device++) {
            Deployment each = open.deployments[campaign][device];
            if (each != null && each.isOpen() && each.state() == DeploymentState.OFFERED) {
                open.outbox.put(campaign + "/" + device + "/" + each.attempts() + "/" + now.toEpochMilli(),
                        new int[]{campaign, device});
            }
        }
    }

    void apply(int campaign, int device, DeploymentEvent event) {
        Deployment before = open.deployments[campaign][device];
        if (before == null) {
            return;
        }
        Terms held = open.campaigns[campaign].state().next().isEmpty()
                ? new Terms(terms.manifest(), plan, terms.patience(), true, device)
                : terms;
        Deployment.Decision decision = before.next(event, held, now);
        DeploymentState state = before.state();
        for (DeploymentEffect effect : decision.effects()) {
            mayCrash();
            switch (effect) {
                case DeploymentEffect.Moved moved -> {
                    Invariants.require(state.next().contains(moved.state()), "after one another",
                            moved.state(),
                            state);
                    state = moved.state();
                    if (state == DeploymentState.OFFERED) {
                        open.offers.add(new Stored.Offer(campaign, now));
                    }
                }
                case DeploymentEffect.SendOffer _ -> open.outbox.put(
                        campaign + "/" + device + "/" + decision.next().attempts() + "/" + before.state(),
                        new int[]{campaign, device});
                case DeploymentEffect.Retract _ -> Invariants.require(
                        decision.next().state() == DeploymentState.CANCELLED && before.attempts() > 0,
                        "retracted, yet not cancelled or never offered");
                case DeploymentEffect.Installed _ ->
                    Invariants.require(open.firmware[device].equals(NEW), "installed, yet runs the old one");
                case DeploymentEffect.NotInstalled _ -> open.missing++;
            }
        }
        if (event instanceof DeploymentEvent.Retry && !before.isOpen()) {
            open.retries[campaign][device]++;
        }
        open.put(campaign, device, decision.next());
    }

    /// The engine's look at a campaign.
    void step(int campaign) {
        Campaign row = open.campaigns[campaign];
        if (open.closing[campaign] != null) {
            cancel(campaign);
        } else if (row.state() == CampaignState.RUNNING && open.enrolAfter[campaign] != null) {
            enrol(campaign);
        } else if (row.state() == CampaignState.RUNNING) {
            for (int device = 0; device < open.registered; device++) {
                open.enrol(campaign, device, stage(device), now); // who came later
            }
            Campaign.Decision decision = row.next(
                    new CampaignEvent.Tick(open.tallies(campaign, plan), open.offeredLately(campaign, now)),
                    now);
            Invariants.checkGate(row, decision, open.tallies(campaign, plan));
            carryOut(campaign, decision);
        }
    }

    void resume(int campaign) {
        ask(campaign, new CampaignEvent.Resume("ann", open.tallies(campaign, plan)));
    }

    /// A device is registered.
    void join() {
        open.registered = Math.min(DEVICES, open.registered + 1);
    }

    /// The relay carries out one effect; killed in between, it does so again.
    void relay() {
        Map.Entry<String, int[]> first = stored.outbox.isEmpty()
                ? null
                : new TreeMap<>(stored.outbox).firstEntry();
        if (first != null) {
            offerAgain(first.getValue()[0], first.getValue()[1]);
            transaction(() -> open.outbox.remove(first.getKey()));
        }
    }

    /// Sends what is meant for the device, as at its connection.
    void offerAgain(int campaign, int device) {
        Deployment each = stored.deployments[campaign][device];
        if (each != null && each.isOpen() && each.state().wantsOffer()
                && stored.campaigns[campaign].state() == CampaignState.RUNNING && !stored.withdrawn) {
            devices.get(device).offered();
        }
    }

    /// What a device says reaches us, perhaps twice, perhaps after what it said later, and is acknowledged only once it is
    /// committed.
    void deliver(SimulatedDevice device) {
        SimulatedDevice.@Nullable Message message = device.next();
        if (message == null) {
            return;
        }
        boolean committed = transaction(() -> {
            switch (message) {
                case SimulatedDevice.Version version -> {
                    open.firmware[device.number] = version.firmware();
                    for (int c = 0; c < Stored.CAMPAIGNS; c++) {
                        if (open.atWork(c, device.number)) {
                            apply(c, device.number, new DeploymentEvent.Runs(version.firmware()));
                        }
                    }
                }
                case SimulatedDevice.Status status -> apply(meant(device.number), device.number,
                        new Reported(status.state(), 0, status.error(), open.firmware[device.number]));
            }
        });
        if (committed && random.nextInt(10) > 0) {
            device.acknowledged(message);
        }
    }

    // a device names the release, which both campaigns have: the one at work is meant, else the one that waits to try again
    private int meant(int device) {
        for (int c = Stored.CAMPAIGNS - 1; c >= 0; c--) {
            if (open.atWork(c, device)) {
                return c;
            }
        }
        Deployment newer = open.deployments[1][device];
        return newer != null && newer.isOpen() && newer.attempts() > 0 ? 1 : 0;
    }

    void overdue() {
        transaction(() -> {
            for (int c = 0; c < Stored.CAMPAIGNS; c++) {
                for (int device = 0; device < DEVICES; device++) {
                    apply(c, device, new DeploymentEvent.Overdue(open.firmware[device]));
                    Deployment each = open.deployments[c][device];
                    // what is left over of a campaign that has ended
                    if (each != null && each.isOpen() && each.state() == DeploymentState.PENDING
                            && open.campaigns[c].state().next().isEmpty()) {
                        open.put(c, device,
                                new Deployment(DeploymentState.CANCELLED, Outcome.NONE, each.attempts(),
                                        0, false, false, "", now, null));
                    }
                }
            }
        });
    }

    void pass(Duration time) {
        now = now.plus(time);
        stored.forgetOffers(now);
    }

    /// Both campaigns have ended, and so has every device in them.
    boolean ended() {
        for (int c = 0; c < Stored.CAMPAIGNS; c++) {
            boolean over = stored.campaigns[c].state().next().isEmpty() && stored.closing[c] == null;
            if (!over || stored.tallies(c, plan).stream().mapToInt(Tally::open).sum() > 0) {
                return false;
            }
        }
        return true;
    }
}
