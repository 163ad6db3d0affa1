package io.aftercare.ota.campaign;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves running campaigns on: looks at each once a second, asks [Campaign#next], and carries the answer out in the same
/// transaction. Killed at any moment and started again, it goes on where the last commit left it.
///
/// A campaign that takes long to count is looked at less often, so that the engine never takes more than a twentieth of
/// the database's time for it.
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(5);
    private static final int OVERDUE_MAX = 500;

    private final Database database;
    private final Steps steps;
    private final Fixes fixes;
    private final Notices notices;
    private final InstantSource clock;
    private final Map<String, Long> notBeforeNanos = new HashMap<>();
    private final BackgroundLoop loop = new BackgroundLoop("ota-campaigns", PERIOD, () -> {
        round();
        return false;
    });
    private Instant swept = Instant.EPOCH;

    Engine(Database database, Steps steps, Fixes fixes, Notices notices, InstantSource clock) {
        this.database = database;
        this.steps = steps;
        this.fixes = fixes;
        this.notices = notices;
        this.clock = clock;
    }

    public void start() {
        loop.start();
    }

    /// Something changed that a campaign may wait for; from any thread.
    public void wake() {
        loop.wake();
    }

    @Override
    public void close() {
        loop.close();
    }

    /// One look at everything. A failure is logged and does not keep the other campaigns waiting; the next round tries
    /// again.
    void round() {
        attempt("overdue devices", this::overdue);
        attempt("devices left over", this::leftovers);
        List<String> ids = new ArrayList<>();
        attempt("running campaigns", () -> ids.addAll(database.jdbi().withHandle(CampaignStore::running)));
        attempt("fixes", () -> fixes.settle(ids));
        notBeforeNanos.keySet().retainAll(ids);
        for (String id : ids) {
            long begin = System.nanoTime();
            if (notBeforeNanos.getOrDefault(id, begin) - begin > 0) {
                continue;
            }
            attempt("campaign " + id, () -> step(id));
            long end = System.nanoTime();
            notBeforeNanos.put(id, end + 20 * (end - begin - TimeUnit.MILLISECONDS.toNanos(50)));
        }
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} wait for the next round: {}", what, e.toString());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void step(String id) {
        Instant now = now();
        List<Notices.Change> changes = new ArrayList<>();
        Campaign[] moved = new Campaign[1];
        database.useTransaction(handle -> {
            CampaignRow row = CampaignStore.lock(handle, id);
            if (row.value().state() != CampaignState.RUNNING) {
                return;
            }
            sweep(handle, row, now);
            fixes.match(handle, row, now);
            DeploymentStore.Census census = DeploymentStore.census(handle, row.number(),
                    row.value().stages().size());
            int offered = row.value().plan().rate().devicesPerMinute() == 0
                    ? 0
                    : DeploymentStore.offeredSince(handle, row.number(), now.minus(Duration.ofMinutes(1)));
            Campaign.Decision decision = row.value().next(new CampaignEvent.Tick(census.stages(), offered),
                    now);
            if (!decision.next().equals(row.value())) {
                CampaignStore.update(handle, row.number(), decision.next(), now);
                moved[0] = decision.next();
            }
            if (!census.states().equals(row.counts())) {
                CampaignStore.updateCounts(handle, row.number(), census.states());
                moved[0] = decision.next();
            }
            changes.addAll(Effects.carryOut(handle, steps, row, decision.effects(), now));
        });
        if (moved[0] != null) {
            notices.campaign(id, moved[0].state());
        }
        if (!changes.isEmpty()) {
            notices.deployments(changes);
        }
    }

    private void sweep(Handle handle, CampaignRow row, Instant now) {
        if (row.sweptAt() != null && now.isBefore(row.sweptAt().plus(SWEEP))) {
            return;
        }
        int joined = row.sweptAt() == null ? 0 : Enrolment.sweep(handle, row, now);
        if (joined > 0) {
            LOG.info("{} devices came to campaign {} after its start", joined, row.value().id());
            fixes.faultsChanged(); // some of them may have waited for it
        }
        CampaignStore.updateSwept(handle, row.number(), now);
    }

    private void overdue() {
        Instant now = now();
        List<Notices.Change> changes = database.inTransaction(handle -> steps.apply(handle,
                DeploymentStore.overdue(handle, now, OVERDUE_MAX),
                row -> new DeploymentEvent.Overdue(row.facts().firmware()), now));
        if (!changes.isEmpty()) {
            notices.deployments(changes);
        }
    }

    // a device whose failure was decided while its campaign was being aborted may be left waiting for a turn
    private void leftovers() {
        Instant now = now();
        if (now.isBefore(swept.plus(SWEEP))) {
            return;
        }
        database.useTransaction(handle -> handle
                .createUpdate(
                        """
                                UPDATE ota.deployment p SET state = 'cancelled', outcome = 'none', changed_at = :now, due_at = NULL
                                FROM ota.campaign c WHERE c.number = p.campaign AND c.state IN ('aborted', 'finished')
                                    AND p.state = 'pending' AND p.outcome IS NULL""")
                .bind("now", now).execute());
        swept = now;
    }
}
