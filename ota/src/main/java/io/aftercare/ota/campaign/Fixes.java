package io.aftercare.ota.campaign;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.OpenFaults.OpenFault;
import io.aftercare.ota.campaign.Steps.Assignment;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// A fix finds its devices: tells the desk which devices' fix is on its way while a campaign runs, and of each how it ended.
///
/// What is to be told follows from what stands in the database, not from having heard of a change: a fault raised after the
/// start, a device that joined later, a pause and an abort are all found by comparing, at once where [#faultsChanged] says so,
/// else every few minutes. So a restart loses nothing and no case waits for ever. [#faultsChanged] from any thread; the rest
/// from the engine's.
final class Fixes {
    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final Look NEVER = new Look(-1, Instant.EPOCH);

    private final Database database;
    private final OpenFaults faults;
    private final FixProposals proposals;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();
    private final Map<String, Look> looks = new HashMap<>();
    private Look proposed = NEVER;

    /// A comparison: after how many changes of faults, and when.
    private record Look(long change, Instant at) {
        boolean isFresh(long changesNow, Instant now) {
            return change == changesNow && now.isBefore(at.plus(AGAIN));
        }
    }

    Fixes(Database database, OpenFaults faults, FixProposals proposals, InstantSource clock) {
        this.database = database;
        this.faults = faults;
        this.proposals = proposals;
        this.clock = clock;
    }

    /// A fault was raised or has ended: the next look compares anew.
    void faultsChanged() {
        changes.incrementAndGet();
    }

    /// A campaign runs: schedules the fix of each device in it that has a fault. Before the first offer, in the same
    /// transaction, so that no device is done before its ticket knows.
    void match(Handle handle, CampaignRow campaign, Instant now) {
        String id = campaign.value().id();
        Look look = new Look(changes.get(), now);
        if (campaign.value().plan().revert() || looks.getOrDefault(id, NEVER).isFresh(look.change(), now)) {
            return;
        }
        handle.afterCommit(() -> looks.put(id, look));
        Assignment assignment = Assignment.of(handle, campaign);
        Release release = assignment.release();
        Map<String, List<OpenFault>> affected = affected(faults, release);
        for (FixStore.Waiting device : FixStore.waiting(handle, campaign.number(),
                List.copyOf(affected.keySet()))) {
            List<OpenFault> open = affected.getOrDefault(device.device(), List.of());
            List<String> ids = open.stream().map(OpenFault::fault).sorted().toList();
            if (device.told() != FixState.SCHEDULED || !device.faults().containsAll(ids)) {
                FixNews.scheduled(handle, campaign, release, device,
                        open.stream().map(OpenFault::code).distinct().sorted().toList(), ids, now);
            }
        }
        follow(handle, assignment, now);
    }

    /// Tells of the campaigns that were paused or have ended, and renews the proposals.
    ///
    /// @param running the campaigns that [#match] is asked about
    void settle(List<String> running) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        looks.keySet().retainAll(running);
        for (String id : database.jdbi().withHandle(FixStore::stalled)) {
            database.useTransaction(
                    handle -> follow(handle, Assignment.of(handle, CampaignStore.lock(handle, id)), now));
        }
        Look look = new Look(changes.get(), now);
        if (!proposed.isFresh(look.change(), now)) {
            proposals.renew(now);
            proposed = look;
        }
    }

    private static void follow(Handle handle, Assignment assignment, Instant now) {
        CampaignRow campaign = assignment.campaign();
        for (FixStore.Over over : FixStore.over(handle, campaign.number())) {
            FixNews.missing(handle, assignment, over.device(), FixState.FAILED, over.reason(), now);
        }
        if (campaign.value().state() == CampaignState.PAUSED) {
            for (String device : FixStore.idle(handle, campaign.number())) {
                FixNews.missing(handle, assignment, device, FixState.WITHHELD, campaign.value().reason(),
                        now);
            }
        }
    }

    /// The faults that a release fixes and that wait for it, by device.
    static Map<String, List<OpenFault>> affected(OpenFaults faults, Release release) {
        if (release.manifest().fixes().isEmpty()) {
            return Map.of();
        }
        return faults.of(release.product(), release.manifest().fixes()).stream()
                .filter(fault -> Version.below(fault.firmware(), release.version()))
                .collect(Collectors.groupingBy(fault -> fault.device().value(), TreeMap::new,
                        Collectors.toList()));
    }
}
