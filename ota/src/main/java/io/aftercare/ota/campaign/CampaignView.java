package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.window.Window;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.ota.wording.Told;
import io.aftercare.ota.wording.Wording;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A campaign as the staff's API shows it.
///
/// @param revertOf the campaign whose devices it returns
/// @param enrolling whether devices are still being given their stage; offers begin when all have one
/// @param counts  how many devices are in each state
/// @param actions what can be done with it now
record CampaignView(String id, String name, String release, String product, String version, String target,
        CampaignState state, String reason, String author, boolean proposed, @Nullable String approvedBy,
        @Nullable Instant approvedAt, int matched, boolean enrolling, int stage, List<Stage> stages,
        JsonNode counts,
        Plan.Gate gate,
        @Nullable Window window, Plan.Rate rate, Plan.Mode mode, Plan.Retry retry,
        @Nullable Instant installAfter,
        @Nullable Instant deadline, boolean revert, @Nullable String revertOf, boolean confirm,
        List<String> actions,
        Instant createdAt, @Nullable Instant startedAt,
        @Nullable Instant finishedAt, @JsonIgnore int revision) {

    /// The reason part by part.
    @JsonProperty
    List<Told> why() {
        return Wording.read(reason);
    }

    /// Where the backend made it: what it is called.
    @JsonProperty
    @Nullable
    Told called() {
        return proposed ? Wording.read(name).getFirst() : null;
    }

    /// @param confirmed devices that succeeded
    /// @param skipped   devices that the release is not for, or that were cancelled
    record Stage(@Nullable Double percent, @Nullable Integer count, @Nullable String target,
            Plan.@Nullable Start start, String state, int total, int confirmed,
            int failed,
            int skipped, @Nullable Instant openedAt, @Nullable Instant reachedAt,
            @Nullable Instant passedAt) {}

    /// @param tallies of each stage; empty where they were not counted
    static CampaignView of(CampaignRow row, List<Tally> tallies, JsonNode counts) {
        Campaign value = row.value();
        Plan plan = value.plan();
        List<Stage> stages = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < plan.stages().size(); i++) {
            Plan.Stage planned = plan.stages().get(i);
            StageStatus status = value.stages().get(i);
            Tally tally = i < tallies.size() ? tallies.get(i) : Tally.EMPTY;
            // who a condition chooses is known when they are enrolled
            int end = planned.target() == null ? Math.max(before, planned.upTo(row.matched())) : before;
            // before the start: what it will be, as far as that is known
            int total = row.startedAt() == null ? end - before : tally.counted() + tally.none();
            before = end;
            stages.add(new Stage(planned.percent(), planned.count(), planned.target(), planned.start(),
                    status.text(), total, tally.success(),
                    tally.failure(), tally.none(), status.openedAt(), status.reachedAt(), status.passedAt()));
        }
        return new CampaignView(value.id(), row.name(), row.releaseId(), row.product(), row.version(),
                row.target(),
                value.state(), value.reason(), value.author(), row.proposed(), value.approvedBy(),
                row.approvedAt(),
                row.matched(), row.enrolling(), value.stage() + 1, stages, counts, plan.gate(), plan.window(),
                plan.rate(),
                plan.mode(), plan.retry(), plan.installAfter(), plan.deadline(), plan.revert(),
                row.revertOf() == null ? null : "C" + row.revertOf(), plan.confirm(), actions(value, counts),
                row.createdAt(), row.startedAt(), row.finishedAt(), row.revision());
    }

    private static List<String> actions(Campaign campaign, JsonNode counts) {
        return switch (campaign.state()) {
            case DRAFT -> List.of("submit", "abort");
            case AWAITING_APPROVAL -> List.of("approve", "abort");
            case APPROVED -> List.of("start", "abort");
            case RUNNING -> campaign.stage() + 1 < campaign.stages().size()
                    ? List.of("pause", "advance", "abort")
                    : List.of("pause", "abort");
            case PAUSED -> campaign.awaitsPerson()
                    ? List.of("resume", "advance", "abort")
                    : List.of("resume", "abort");
            // by force, of devices that were left to finish
            case ABORTED -> Closing.FORCE.states().stream().anyMatch(state -> counts.has(state.text()))
                    ? List.of("abort")
                    : List.of();
            case FINISHED -> List.of();
        };
    }
}
