package io.aftercare.ota.campaign;

import io.aftercare.ota.wording.Wording;
import io.aftercare.ota.deployment.DeploymentEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.release.Releases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves running campaigns on: looks at each once a second, asks [Campaign#next], and carries the answer out in the same
/// transaction. Killed at any moment and started again, it goes on where the last commit left it.
///
/// Each of its transactions is bounded: many devices are enrolled or cancelled in pieces, with a look at the other campaigns
/// between two of them.
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(5);
    private static final Duration STOCK = Duration.ofMinutes(1);
    private static final int OVERDUE_MAX = 500;
    private static final int TALLY_LINES_MAX = 500;

    private final Database database;
    private final Steps steps;
    private final Fixes fixes;
    private final Stock stock;
    private final Map<String, Instant> inStock = new HashMap<>();
    private final Notices notices;
    private final InstantSource clock;
    private final BackgroundLoop loop = new BackgroundLoop("ota-campaigns", PERIOD, this::round);
    private Instant swept = Instant.EPOCH;

    Engine(Database database, Steps steps, Fixes fixes, Stock stock, Notices notices, InstantSource clock) {
        this.database = database;
        this.steps = steps;
        this.fixes = fixes;
        this.stock = stock;
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
    ///
    /// @return whether there is more to do at once
    boolean round() {
        attempt("overdue devices", this::overdue);
        attempt("devices left over", this::leftovers);
        attempt("counts", () -> {
            database.useTransaction(handle -> DeploymentStore.foldTallies(handle, TALLY_LINES_MAX));
            return false;
        });
        boolean more = each(ids("campaigns that end", CampaignStore::closing), this::close);
        List<String> running = ids("running campaigns", CampaignStore::running);
        attempt("fixes", () -> {
            fixes.settle(running);
            return false;
        });
        return each(running, this::step) || more;
    }

    private List<String> ids(String what, HandleCallback<List<String>, RuntimeException> which) {
        List<String> ids = new ArrayList<>();
        attempt(what, () -> ids.addAll(database.jdbi().withHandle(which)));
        return ids;
    }

    private static boolean each(List<String> ids, Predicate<String> work) {
        boolean more = false;
        for (String id : ids) {
            more |= attempt("campaign " + id, () -> work.test(id));
        }
        return more;
    }

    private static boolean attempt(String what, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("{} wait for the next round: {}", what, e.toString());
            return false;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    // cancels more of a campaign that has ended
    private boolean close(String id) {
        Instant now = now();
        boolean more = database.inTransaction(handle -> {
            CampaignRow row = CampaignStore.lock(handle, id);
            return row.closing() != null
                    && Effects.cancel(handle, row, row.closing(), row.value().reason(), now);
        });
        notices.campaign(id, CampaignState.ABORTED);
        return more;
    }

    private boolean step(String id) {
        Instant now = now();
        List<Notices.Change> changes = new ArrayList<>();
        Campaign[] moved = new Campaign[1];
        JsonNode[] counts = {Json.object()};
        boolean more = database.inTransaction(handle -> {
            CampaignRow row = CampaignStore.lock(handle, id);
            if (row.value().state() != CampaignState.RUNNING) {
                return false;
            }
            if (row.enrolling()) {
                Enrolment.next(handle, row, Enrolment.CHUNK_MAX, now);
                moved[0] = row.value();
                counts[0] = DeploymentStore.census(handle, row.number(), row.value().stages().size())
                        .states();
                return true; // who comes first is known only when all have their place
            }
            sweep(handle, row, now);
            fixes.match(handle, row, now);
            DeploymentStore.Census census = DeploymentStore.census(handle, row.number(),
                    row.value().stages().size());
            counts[0] = census.states();
            int offered = row.value().plan().rate().devicesPerMinute() == 0
                    ? 0
                    : DeploymentStore.offeredSince(handle, row.number(), now.minus(Duration.ofMinutes(1)));
            Campaign.Decision decision = unlessMissing(handle, row,
                    row.value().next(new CampaignEvent.Tick(census.stages(), offered), now), now);
            if (!decision.next().equals(row.value())) {
                CampaignStore.update(handle, row.number(), decision.next(), now);
                moved[0] = decision.next();
            }
            if (!census.states().equals(row.counts())) {
                CampaignStore.updateCounts(handle, row.number(), census.states());
                moved[0] = decision.next();
            }
            changes.addAll(Effects.carryOut(handle, steps, row, decision.effects(), now));
            return false;
        });
        if (moved[0] != null && moved[0].state() == CampaignState.ABORTED) {
            fixes.faultsChanged(); // what is proposed of its release follows from how it ended
        }
        if (moved[0] != null) {
            notices.progress(id, moved[0].state(), moved[0].stage() + 1, counts[0]);
        }
        if (!changes.isEmpty()) {
            notices.deployments(changes);
        }
        return more;
    }

    // nothing is offered that cannot be delivered; looked at once a minute, and only while there is something to offer
    private Campaign.Decision unlessMissing(Handle handle, CampaignRow row, Campaign.Decision decision,
            Instant now) {
        boolean offers = decision.effects().stream()
                .anyMatch(effect -> effect instanceof CampaignEffect.Offer);
        if (!offers || now.isBefore(inStock.getOrDefault(row.releaseId(), Instant.EPOCH).plus(STOCK))) {
            return decision;
        }
        Optional<String> missing = stock.missing(Releases.find(handle, row.releaseId()).orElseThrow());
        if (missing.isPresent()) {
            return row.value().next(new CampaignEvent.Missing(missing.get()), now);
        }
        inStock.put(row.releaseId(), now);
        return decision;
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
        if (joined < Enrolment.CHUNK_MAX) {
            CampaignStore.updateSwept(handle, row.number(), now);
        }
    }

    private boolean overdue() {
        Instant now = now();
        List<Notices.Change> changes = database.inTransaction(handle -> steps.apply(handle,
                DeploymentStore.overdue(handle, now, OVERDUE_MAX),
                row -> new DeploymentEvent.Overdue(row.facts().firmware()), now));
        if (!changes.isEmpty()) {
            notices.deployments(changes);
        }
        return false;
    }

    // a device whose failure was decided while its campaign was being aborted may be left waiting for a turn
    private boolean leftovers() {
        Instant now = now();
        if (now.isBefore(swept.plus(SWEEP))) {
            return false;
        }
        database.useTransaction(handle -> handle
                .createUpdate(
                        """
                                UPDATE ota.deployment p SET state = 'cancelled', outcome = 'none', changed_at = :now, due_at = NULL,
                                    untold = p.attempts > 0
                                FROM ota.campaign c WHERE c.number = p.campaign AND c.state IN ('aborted', 'finished')
                                    AND p.state = 'pending' AND p.outcome IS NULL""")
                .bind("now", now).execute());
        List<Notices.Change> deleted = database.inTransaction(
                handle -> steps.apply(handle, DeploymentStore.ofDeleted(handle, OVERDUE_MAX),
                        _ -> new DeploymentEvent.Cancel(Wording.DEVICE_DELETED.of(), true), now));
        if (!deleted.isEmpty()) {
            notices.deployments(deleted);
        }
        if (deleted.size() < OVERDUE_MAX) {
            swept = now;
        }
        return false;
    }
}
