package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The stages that soak, as the health gate sees and judges them. Thread-safe; calls block.
public final class Soaks {
    private final Database database;
    private final Steps steps;
    private final Notices notices;
    private final Fixes fixes;
    private final InstantSource clock;

    Soaks(Database database, Steps steps, Notices notices, Fixes fixes, InstantSource clock) {
        this.database = database;
        this.steps = steps;
        this.notices = notices;
        this.fixes = fixes;
        this.clock = clock;
    }

    /// A stage that has succeeded and is watched.
    ///
    /// @param stage     from 0
    /// @param startedAt of the campaign
    /// @param openedAt  of the stage
    /// @param reachedAt when the soak began
    public record Soak(int campaign, String id, String product, String version, Plan.Gate gate, int stage,
            Instant startedAt, Instant openedAt, Instant reachedAt) {}

    /// Those that still await the last look.
    public List<Soak> current() {
        return database.jdbi().withHandle(handle -> CampaignStore.running(handle).stream()
                .flatMap(id -> CampaignStore.find(handle, id).stream()).filter(Soaks::awaitsLook)
                .map(Soaks::soak).toList());
    }

    private static boolean awaitsLook(CampaignRow row) {
        Campaign campaign = row.value();
        StageStatus status = campaign.stages().get(campaign.stage());
        return campaign.state() == CampaignState.RUNNING && campaign.plan().isWatched()
                && status.reachedAt() != null && status.passedAt() == null && status.watchedAt() == null;
    }

    private static Soak soak(CampaignRow row) {
        Campaign campaign = row.value();
        StageStatus status = campaign.stages().get(campaign.stage());
        return new Soak(row.number(), campaign.id(), row.product(), row.version(), campaign.plan().gate(),
                campaign.stage(), Objects.requireNonNull(row.startedAt()),
                Objects.requireNonNull(status.openedAt()), Objects.requireNonNull(status.reachedAt()));
    }

    /// Notes a look, and stops the campaign where it found the updated devices worse. In one transaction with `with`, which keeps
    /// the look: either both are there after a crash, or neither.
    ///
    /// @param worse what they do worse, empty for nothing
    /// @return false where the campaign has moved on meanwhile, and the look counts for nothing
    public boolean looked(Soak soak, boolean last, String worse, Consumer<Handle> with) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(handle -> {
            CampaignRow row = CampaignStore.lock(handle, soak.id());
            if (!awaitsLook(row) || !soak(row).equals(soak)) {
                return false;
            }
            with.accept(handle);
            Campaign.Decision decision = row.value()
                    .next(new CampaignEvent.Looked(soak.stage(), soak.reachedAt(), last, worse), now);
            if (!decision.next().equals(row.value())) {
                Effects.decided(handle, steps, row, decision, now);
            }
            if (!worse.isEmpty()) {
                Audit.append(handle, Principal.SYSTEM, "campaign.unhealthy", "campaign/" + soak.id(),
                        Json.object().put("to", decision.next().state().text()).put("reason", worse));
            }
            handle.afterCommit(() -> {
                notices.campaign(soak.id(), decision.next().state());
                fixes.faultsChanged(); // what is proposed of its release follows from how it ended
            });
            return true;
        });
    }
}
