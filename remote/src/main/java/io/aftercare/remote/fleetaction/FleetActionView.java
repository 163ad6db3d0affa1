package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fleet action as people see it.
///
/// @param stage   number of the stage that is open, from 1
/// @param stages  null in a list
/// @param counts devices by state, null in a list
@JsonInclude(JsonInclude.Include.NON_NULL)
record FleetActionView(String id, String action, @JsonProperty("class") String actionClass, String model,
        JsonNode params, @Nullable String target, @Nullable String ticket, String why, FleetActionState state,
        String reason, String requestedBy, @Nullable String decidedBy, int devices, int stage,
        @Nullable List<StageView> stages, @Nullable Map<String, Integer> counts, FleetPlan.Gate gate,
        @Nullable Window window, NewFleetAction.NewRate rate, Duration expiresIn, Instant createdAt,
        Instant deadline,
        @Nullable Instant finishedAt, int version) {
    /// @param number from 1
    /// @param start  automatic or manual
    /// @param open   devices whose turn has not ended
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StageView(int number, @Nullable Double percent, @Nullable Integer count, String start,
            String state,
            int devices, int open, int success, int failure, int none, @Nullable Instant openedAt,
            @Nullable Instant reachedAt, @Nullable Instant passedAt) {}

    static FleetActionView of(FleetRow row, TurnSql.@Nullable Census census) {
        FleetAction value = row.value();
        FleetPlan plan = value.plan();
        return new FleetActionView(value.id(), row.action(), row.actionClass().name(), row.model(),
                row.params(),
                row.target(), row.ticket(), row.why(), value.state(), value.reason(), value.requestedBy(),
                value.decidedBy(), row.devices(), value.stage() + 1,
                census == null ? null : stages(value, census.tallies()),
                census == null ? null : census.states(),
                plan.gate(), plan.window(), new NewFleetAction.NewRate(plan.devicesPerMinute()),
                plan.expiresIn(), row.createdAt(),
                value.deadline(), row.finishedAt(), row.version());
    }

    private static List<StageView> stages(FleetAction value, List<Tally> tallies) {
        List<StageView> stages = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            FleetPlan.Stage stage = value.plan().stages().get(i);
            StageStatus status = value.stages().get(i);
            Tally tally = tallies.get(i);
            stages.add(new StageView(i + 1, stage.percent(), stage.count(),
                    stage.manual() ? "manual" : "automatic",
                    status.text(), tally.all(), tally.open(), tally.success(), tally.failure(), tally.none(),
                    status.openedAt(), status.reachedAt(), status.passedAt()));
        }
        return stages;
    }
}
