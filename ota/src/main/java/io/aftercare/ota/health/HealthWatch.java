package io.aftercare.ota.health;

import io.aftercare.ota.wording.Wording;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.ota.campaign.Soaks;
import io.aftercare.ota.campaign.Soaks.Soak;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the stages that soak, when [LookPlan] says so: gathers outside of any transaction, decides by [HealthTest], and keeps
/// the look together with what follows from it. Killed in between, it has neither looked nor spent anything, and looks again.
public final class HealthWatch implements AutoCloseable {
    /// Outbox topic: the updated devices of a campaign do worse. The payload names `campaign`, `product`, `version`, `code`, `since` and
    /// `text`, and the numbers of the plainest comparison.
    public static final String UNHEALTHY = "campaign.unhealthy";
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int TOLD_MAX = 3;

    private final Database database;
    private final Soaks soaks;
    private final HealthFacts facts;
    private final InstantSource clock;
    private final BackgroundLoop loop = BackgroundLoop.every(PERIOD, "ota-health", this::round);

    public HealthWatch(Database database, Soaks soaks, HealthFacts facts, InstantSource clock) {
        this.database = database;
        this.soaks = soaks;
        this.facts = facts;
        this.clock = clock;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /// Takes the looks that are due. The loop does so by itself.
    public void round() {
        for (Soak soak : soaks.current()) {
            try {
                look(soak);
            } catch (RuntimeException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause(); // without all that the statement was bound to
                LOG.warn("Campaign {} waits for the health gate's next look: {}", soak.id(),
                        cause.toString());
            }
        }
    }

    private void look(Soak soak) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<HealthStore.Look> taken = database.jdbi()
                .withHandle(handle -> HealthStore.looks(handle, soak.campaign()));
        LookPlan plan = LookPlan
                .due(soak.reachedAt(), soak.gate().soak(), HealthStore.number(taken, soak), now).orElse(null);
        if (plan == null) {
            return;
        }
        Groups groups = database.jdbi().withHandle(handle -> Groups.read(handle, soak));
        Survey survey = new Survey(facts, soak, groups, now);
        List<Compared> updated = survey.updated();
        List<Compared> waiting = survey.waiting();
        Budget budget = HealthStore.budget(soak.gate().alpha(), taken);
        HealthTest.Result result = HealthTest.look(updated, waiting, soak.gate().metrics(),
                HealthStore.excused(taken), budget,
                new HealthTest.Moment(soak.stage(), plan.fraction(), plan.last()));
        List<Finding> worse = result.worse().stream().sorted(Comparator.comparingDouble(Finding::p)).toList();
        HealthStore.Look look = new HealthStore.Look(soak.stage(), soak.reachedAt(), plan.number(), now,
                plan.fraction(), plan.last(), updated.size(), waiting.size(),
                result.spent().faults() - budget.faults(), result.spent().metrics() - budget.metrics(),
                result.findings(), survey.series());
        String reason = worse.isEmpty() ? "" : reason(soak, worse);
        soaks.looked(soak, plan.last(), reason, handle -> keep(handle, soak, look, worse, reason));
        if (!worse.isEmpty()) {
            LOG.warn("Campaign {}: {}", soak.id(), reason);
        }
    }

    private static String reason(Soak soak, List<Finding> worse) {
        return Wording.UNHEALTHY.of(soak.stage() + 1,
                worse.stream().limit(TOLD_MAX).map(Finding::inWords).collect(Collectors.joining("; "))
                        + (worse.size() > TOLD_MAX ? "; and " + (worse.size() - TOLD_MAX) + " more" : ""));
    }

    private static void keep(Handle handle, Soak soak, HealthStore.Look look, List<Finding> worse,
            String reason) {
        HealthStore.insert(handle, soak.campaign(), look);
        if (worse.isEmpty()) {
            return;
        }
        Finding plainest = worse.getFirst();
        ObjectNode told = Json.object().put("campaign", soak.id()).put("product", soak.product())
                .put("version", soak.version()).put("code", code(plainest, look.findings()))
                .put("kind", plainest.kind().text()).put("since", soak.openedAt().toString())
                .put("text", reason)
                .put("affected", plainest.updated().affected()).put("exposed", plainest.updated().devices())
                .put("affectedOthers", plainest.waiting().affected())
                .put("exposedOthers", plainest.waiting().devices());
        Outbox.append(handle, UNHEALTHY,
                soak.id() + "/" + soak.stage() + "/" + soak.reachedAt() + "/" + look.number(),
                told);
    }

    // faults of any code are told by the one that most updated devices have
    private static String code(Finding finding, List<Finding> all) {
        return finding.names().contains(Finding.ANY)
                ? all.stream()
                        .filter(one -> one.kind() == Finding.Kind.FAULT && !one.names().contains(Finding.ANY))
                        .max(Comparator.comparingInt(one -> one.updated().affected()))
                        .map(one -> one.names().getFirst()).orElse(Finding.ANY)
                : finding.names().getFirst();
    }

}
