package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.campaign.CampaignEvent.Tally;
import io.aftercare.ota.campaign.DeploymentEvent.Facts;
import io.aftercare.ota.campaign.DeploymentEvent.Reported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Two campaigns of one release over the same devices, in memory: what the database would hold, what is on its way, and
/// devices that lose, repeat and forget. A transaction is a copy that replaces the state when it commits, and a crash
/// throws the copy away; so every place between two effects can be the last one.
final class World {
    static final int DEVICES = 12;
    static final String OLD = "2.3.0";
    static final String NEW = "2.4.0";

    /// What is committed.
    static final class Stored {
        final List<Campaign> campaigns = new ArrayList<>();
        final List<Map<Integer, Deployment>> deployments = new ArrayList<>();
        final List<Map<Integer, Integer>> stages = new ArrayList<>();
        final Map<String, int[]> outbox = new TreeMap<>();
        final Set<String> outboxDone = new HashSet<>();
        final String[] firmware = new String[DEVICES];

        Stored copy() {
            Stored copy = new Stored();
            copy.campaigns.addAll(campaigns);
            deployments.forEach(map -> copy.deployments.add(new HashMap<>(map)));
            stages.forEach(map -> copy.stages.add(new HashMap<>(map)));
            copy.outbox.putAll(outbox);
            copy.outboxDone.addAll(outboxDone);
            System.arraycopy(firmware, 0, copy.firmware, 0, DEVICES);
            return copy;
        }
    }

    /// Thrown where the process is killed.
    static final class Crash extends RuntimeException {}

    final Random random;
    final List<SimulatedDevice> devices = new ArrayList<>();
    Stored stored = new Stored();
    Instant now = Plans.START;
    int crashes;
    private Stored open = stored;
    private final Plan plan = Plans.plan(25, 100);
    private final Terms terms = Plans.terms(plan);

    World(long seed) {
        this.random = new Random(seed);
        Arrays.fill(stored.firmware, OLD);
        for (int i = 0; i < DEVICES; i++) {
            devices.add(new SimulatedDevice(i, random));
        }
        for (int c = 0; c < 2; c++) {
            stored.campaigns.add(Plans.campaign(plan).next(new CampaignEvent.Approve("bob"), now).next());
            stored.deployments.add(new HashMap<>());
            stored.stages.add(new HashMap<>());
        }
    }

    /// Runs a transaction; it may crash at any of its steps, and then nothing of it has happened.
    void transaction(Runnable work) {
        open = stored.copy();
        try {
            work.run();
            mayCrash();
            check(stored, open);
            stored = open;
            mayCrash(); // after the commit, before anybody hears of it
        } catch (Crash crash) {
            crashes++;
        } finally {
            open = stored;
        }
    }

    private void mayCrash() {
        if (random.nextInt(50) == 0) {
            throw new Crash();
        }
    }

    void act(int campaign, CampaignEvent event) {
        Campaign.Decision decision = open.campaigns.get(campaign).next(event, now);
        mayCrash();
        open.campaigns.set(campaign, decision.next());
        for (CampaignEffect effect : decision.effects()) {
            mayCrash();
            switch (effect) {
                case CampaignEffect.Enrol _ -> enrol(campaign);
                case CampaignEffect.Offer offer -> offer(campaign, offer);
                case CampaignEffect.Reoffer _ -> reoffer(campaign);
                case CampaignEffect.Cancel cancel -> cancel(campaign, cancel.reason());
                case CampaignEffect.Revert _, CampaignEffect.WithdrawRevert _ -> {
                    // no campaign of this world returns devices: RevertIT shows that
                }
            }
        }
    }

    private void enrol(int campaign) {
        int first = plan.stages().getFirst().upTo(DEVICES);
        for (int device = 0; device < DEVICES; device++) {
            open.deployments.get(campaign).putIfAbsent(device, Deployment.pending(now));
            open.stages.get(campaign).put(device, device < first ? 0 : 1);
        }
    }

    private void offer(int campaign, CampaignEffect.Offer offer) {
        int left = offer.max();
        for (int device = 0; device < DEVICES && left > 0; device++) {
            Deployment waiting = open.deployments.get(campaign).get(device);
            boolean due = waiting != null && waiting.state() == DeploymentState.PENDING && waiting.isOpen()
                    && waiting.dueAt() != null && !waiting.dueAt().isAfter(now);
            if (due && open.stages.get(campaign).getOrDefault(device, 0) <= offer.stage()) {
                boolean busy = atWork(open, 1 - campaign, device);
                apply(campaign, device, new DeploymentEvent.Turn(
                        new Facts(true, true, busy, open.firmware[device], "B1", "", null)));
                left--;
            }
        }
    }

    private void reoffer(int campaign) {
        open.deployments.get(campaign).forEach((device, each) -> {
            if (each.isOpen() && each.state() == DeploymentState.OFFERED) {
                open.outbox.put(campaign + "/" + device + "/" + each.attempts() + "/" + now.toEpochMilli(),
                        new int[]{campaign, device});
            }
        });
    }

    private void cancel(int campaign, String reason) {
        open.deployments.get(campaign).replaceAll((_, each) -> each.isOpen() && each.state().isCancellable()
                ? new Deployment(DeploymentState.CANCELLED, Outcome.NONE, each.attempts(), 0, false, false,
                        reason, now,
                        null)
                : each);
    }

    void apply(int campaign, int device, DeploymentEvent event) {
        Deployment before = open.deployments.get(campaign).get(device);
        if (before == null) {
            return;
        }
        Terms held = open.campaigns.get(campaign).state().next().isEmpty()
                ? new Terms(terms.manifest(), plan, terms.patience(), true, device)
                : terms;
        Deployment.Decision decision = before.next(event, held, now);
        DeploymentState state = before.state();
        for (DeploymentEffect effect : decision.effects()) {
            mayCrash();
            if (effect instanceof DeploymentEffect.Moved moved) {
                assertThat(state.next()).as("%s after %s", moved.state(), state).contains(moved.state());
                state = moved.state();
            }
            if (effect instanceof DeploymentEffect.SendOffer) {
                open.outbox.put(campaign + "/" + device + "/" + decision.next().attempts(),
                        new int[]{campaign, device});
            }
            if (effect instanceof DeploymentEffect.Installed) {
                assertThat(open.firmware[device]).isEqualTo(NEW);
            }
        }
        open.deployments.get(campaign).put(device, decision.next());
    }

    void tick(int campaign) {
        Tally[] tallies = new Tally[]{Tally.EMPTY, Tally.EMPTY};
        open.deployments.get(campaign).forEach((device, each) -> {
            int stage = open.stages.get(campaign).getOrDefault(device, 0);
            tallies[stage] = tallies[stage].plus(each.outcome(), 1);
        });
        act(campaign, new CampaignEvent.Tick(List.of(tallies), 0));
    }

    void resume(int campaign) {
        Tally[] tallies = new Tally[]{Tally.EMPTY, Tally.EMPTY};
        open.deployments.get(campaign).forEach((device, each) -> {
            int stage = open.stages.get(campaign).getOrDefault(device, 0);
            tallies[stage] = tallies[stage].plus(each.outcome(), 1);
        });
        act(campaign, new CampaignEvent.Resume("ann", List.of(tallies)));
    }

    /// The relay carries out one effect; killed in between, it does so again.
    void relay() {
        stored.outbox.keySet().stream().filter(key -> !stored.outboxDone.contains(key)).findFirst()
                .ifPresent(key -> {
                    int[] to = stored.outbox.get(key);
                    if (to != null) {
                        offerAgain(to[0], to[1]);
                    }
                    transaction(() -> open.outboxDone.add(key));
                });
    }

    /// Sends what is meant for the device, as at its connection.
    void offerAgain(int campaign, int device) {
        Deployment each = stored.deployments.get(campaign).get(device);
        if (each != null && each.isOpen() && each.state().wantsOffer()
                && stored.campaigns.get(campaign).state() == CampaignState.RUNNING) {
            devices.get(device).offered();
        }
    }

    /// What a device says reaches us, perhaps twice, and is acknowledged only once it is committed.
    void deliver(SimulatedDevice device) {
        SimulatedDevice.Message message = device.next();
        if (message == null) {
            return;
        }
        int before = crashes;
        transaction(() -> {
            switch (message) {
                case SimulatedDevice.Version version -> {
                    open.firmware[device.number] = version.firmware();
                    for (int c = 0; c < 2; c++) {
                        if (atWork(open, c, device.number)) {
                            apply(c, device.number, new DeploymentEvent.Runs(version.firmware()));
                        }
                    }
                }
                case SimulatedDevice.Status status -> apply(meant(device.number), device.number,
                        new Reported(status.state(), 0, status.error(), open.firmware[device.number]));
            }
        });
        if (crashes == before && random.nextInt(10) > 0) {
            device.acknowledged();
        }
    }

    // a device names the release, which both campaigns have: the one at work is meant, else the one that waits to try again
    private int meant(int device) {
        for (int c = 1; c >= 0; c--) {
            if (atWork(open, c, device)) {
                return c;
            }
        }
        Deployment newer = open.deployments.get(1).get(device);
        return newer != null && newer.isOpen() && newer.attempts() > 0 ? 1 : 0;
    }

    void overdue() {
        transaction(() -> {
            for (int c = 0; c < 2; c++) {
                for (int device = 0; device < DEVICES; device++) {
                    apply(c, device, new DeploymentEvent.Overdue(open.firmware[device]));
                }
            }
        });
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    boolean ended() {
        return stored.campaigns.stream().allMatch(campaign -> campaign.state().next().isEmpty());
    }

    private static boolean atWork(Stored in, int campaign, int device) {
        Deployment each = in.deployments.get(campaign).get(device);
        return each != null && each.isOpen() && each.state() != DeploymentState.PENDING;
    }

    /// What holds after every commit.
    private static void check(Stored before, Stored after) {
        for (int c = 0; c < 2; c++) {
            Campaign campaign = after.campaigns.get(c);
            assertThat(campaign.approvedBy()).isNotEqualTo(campaign.author());
            for (int device = 0; device < DEVICES; device++) {
                Deployment each = after.deployments.get(c).get(device);
                Deployment earlier = before.deployments.get(c).get(device);
                assertThat(atWork(after, 0, device) && atWork(after, 1, device)).as("device %d", device)
                        .isFalse();
                if (each == null) {
                    continue;
                }
                if (each.attempts() > 0) {
                    assertThat(after.stages.get(c).getOrDefault(device, 0))
                            .isLessThanOrEqualTo(campaign.stage());
                }
                if (earlier != null && !earlier.isOpen()) {
                    assertThat(each).isEqualTo(earlier);
                }
                assertThat(each.attempts()).isLessThanOrEqualTo(3);
                assertThat(each.outcome() == Outcome.SUCCESS)
                        .isEqualTo(each.state() == DeploymentState.CONFIRMED);
            }
        }
    }
}
