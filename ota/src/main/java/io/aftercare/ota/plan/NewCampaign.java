package io.aftercare.ota.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody sends to make a campaign; what is left out is as [#USUAL] says.
///
/// @param partial whether the stages are meant to end before the last device
public record NewCampaign(String name, String release, @Nullable String target,
        @Nullable List<Plan.Stage> stages,
        @Nullable NewGate gate, @Nullable NewWindow window, @Nullable NewRate rate, Plan.@Nullable Mode mode,
        @Nullable NewRetry retry, @Nullable Instant installAfter, @Nullable Instant deadline,
        @Nullable Boolean draft, @Nullable Boolean partial, @Nullable Boolean revert,
        @Nullable Boolean confirm) {
    /// Cautious where nothing is said: success proven before everybody follows.
    public static final Plan USUAL = new Plan(List.of(Plan.Stage.of(5), Plan.Stage.of(100)),
            new Plan.Gate(0.95, 0.1, 10, Duration.ofMinutes(30), Plan.Action.PAUSE, 0.01, List.of()), null,
            new Plan.Rate(0, 0), Plan.Mode.FORCED,
            new Plan.Retry(3, Duration.ofMinutes(1), Map.of()), null, null, false);

    record NewGate(@Nullable Double success, @Nullable Double error, @Nullable Integer minimum,
            @Nullable Duration soak, Plan.@Nullable Action action, @Nullable Double alpha,
            @Nullable List<JsonNode> metrics) {}

    record NewWindow(LocalTime start, Duration duration, @Nullable String zone) {}

    record NewRate(@Nullable Integer devicesPerMinute, @Nullable Long bytesPerSecond) {}

    record NewRetry(@Nullable Integer attempts, @Nullable Duration backoff,
            @Nullable Map<String, NewRetry> codes) {}

    public Plan plan() {
        List<Plan.Stage> chosen = stages == null || stages.isEmpty() ? USUAL.stages() : stages;
        StagesCheck.check(chosen, Boolean.TRUE.equals(partial));
        checkDeadline();
        return new Plan(chosen, plannedGate(), plannedWindow(),
                plannedRate(), or(mode, USUAL.mode()),
                plannedRetry(), installAfter, deadline, Boolean.TRUE.equals(revert),
                Boolean.TRUE.equals(confirm));
    }

    private Plan.Gate plannedGate() {
        Plan.Gate usual = USUAL.gate();
        if (gate == null) {
            return usual;
        }
        Duration soak = or(gate.soak(), usual.soak());
        if (soak.isNegative() || soak.compareTo(Duration.ofDays(30)) > 0) {
            throw Problem.invalid("gate.soak", "from PT0S to P30D, not " + soak);
        }
        return new Plan.Gate(or(gate.success(), usual.success()), or(gate.error(), usual.error()),
                or(gate.minimum(), usual.minimum()), soak, or(gate.action(), usual.action()),
                or(gate.alpha(), usual.alpha()), plannedMetrics(or(gate.metrics(), List.of())));
    }

    // by its name alone a metric is worse either way
    private static List<Plan.Metric> plannedMetrics(List<JsonNode> named) {
        List<Plan.Metric> metrics = named.stream().map(each -> each.isTextual()
                ? new Plan.Metric(each.textValue(), Plan.Worse.EITHER, 0)
                : new Plan.Metric(each.path("metric").asText(),
                        Plan.Worse.parse(each.path("worse").asText("either")),
                        each.path("tolerance").asDouble(0)))
                .toList();
        if (metrics.stream().map(Plan.Metric::metric).distinct().count() < metrics.size()) {
            throw Problem.invalid("gate.metrics", "a metric is named twice");
        }
        return metrics;
    }

    private @Nullable Window plannedWindow() {
        try {
            return window == null
                    ? null
                    : new Window(window.start(), window.duration(), or(window.zone(), Window.DEVICE));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("window", String.valueOf(e.getMessage()));
        }
    }

    private Plan.Rate plannedRate() {
        return rate == null
                ? USUAL.rate()
                : new Plan.Rate(or(rate.devicesPerMinute(), 0), or(rate.bytesPerSecond(), 0L));
    }

    private Plan.Retry plannedRetry() {
        if (retry == null) {
            return USUAL.retry();
        }
        Plan.Attempts usual = attempts("retry", retry,
                new Plan.Attempts(USUAL.retry().attempts(), USUAL.retry().backoff()));
        Map<String, Plan.Attempts> codes = new HashMap<>();
        or(retry.codes(), Map.<String, NewRetry>of()).forEach((code, each) -> {
            if (!Refusal.isCode(code)) {
                throw Problem.invalid("retry.codes", "\"" + code
                        + "\" is no code of a failure; such are power-loss, no-space and silent");
            }
            codes.put(code, attempts("retry.codes." + code, each, usual));
        });
        return new Plan.Retry(usual.attempts(), usual.backoff(), codes);
    }

    private static Plan.Attempts attempts(String field, NewRetry asked, Plan.Attempts usual) {
        Duration backoff = or(asked.backoff(), usual.backoff());
        if (backoff.compareTo(Duration.ofSeconds(1)) < 0 || backoff.compareTo(Duration.ofDays(1)) > 0) {
            throw Problem.invalid(field + ".backoff", "from PT1S to P1D, not " + backoff);
        }
        return new Plan.Attempts(or(asked.attempts(), usual.attempts()), backoff);
    }

    private void checkDeadline() {
        if (mode == Plan.Mode.TIME_FORCED && deadline == null) {
            throw Problem.invalid("deadline",
                    "a time-forced campaign needs one: from then on no device may put it off");
        }
        if (installAfter != null && deadline != null && deadline.isBefore(installAfter)) {
            throw Problem.invalid("deadline", "is before installAfter, " + installAfter);
        }
    }

    private static <T> T or(@Nullable T value, T usual) {
        return value == null ? usual : value;
    }
}
