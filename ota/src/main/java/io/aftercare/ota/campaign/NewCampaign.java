package io.aftercare.ota.campaign;

import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody sends to make a campaign; what is left out is as [#USUAL] says.
record NewCampaign(String name, String release, @Nullable String target, @Nullable List<Plan.Stage> stages,
        @Nullable NewGate gate, @Nullable NewWindow window, @Nullable NewRate rate, Plan.@Nullable Mode mode,
        @Nullable NewRetry retry, @Nullable Instant installAfter, @Nullable Instant deadline,
        @Nullable Boolean draft, @Nullable Boolean revert, @Nullable Boolean confirm) {
    /// Cautious where nothing is said: success proven before everybody follows.
    static final Plan USUAL = new Plan(List.of(Plan.Stage.of(5), Plan.Stage.of(100)),
            new Plan.Gate(0.95, 0.1, 10, Duration.ofMinutes(30), Plan.Action.PAUSE), null,
            new Plan.Rate(0, 0), Plan.Mode.FORCED,
            new Plan.Retry(3, Duration.ofMinutes(1)), null, null, false);

    record NewGate(@Nullable Double success, @Nullable Double error, @Nullable Integer minimum,
            @Nullable Duration soak, Plan.@Nullable Action action) {}

    record NewWindow(LocalTime start, Duration duration, @Nullable String zone) {}

    record NewRate(@Nullable Integer devicesPerMinute, @Nullable Long bytesPerSecond) {}

    record NewRetry(@Nullable Integer attempts, @Nullable Duration backoff) {}

    Plan plan() {
        List<Plan.Stage> chosen = stages == null || stages.isEmpty() ? USUAL.stages() : stages;
        checkStages(chosen);
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
                or(gate.minimum(), usual.minimum()), soak, or(gate.action(), usual.action()));
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
        Duration backoff = or(retry.backoff(), USUAL.retry().backoff());
        if (backoff.compareTo(Duration.ofSeconds(1)) < 0 || backoff.compareTo(Duration.ofDays(1)) > 0) {
            throw Problem.invalid("retry.backoff", "from PT1S to P1D, not " + backoff);
        }
        return new Plan.Retry(or(retry.attempts(), USUAL.retry().attempts()), backoff);
    }

    private static void checkStages(List<Plan.Stage> stages) {
        double percent = 0;
        int count = 0;
        for (int i = 0; i < stages.size(); i++) {
            Plan.Stage stage = stages.get(i);
            if ((stage.percent() == null) == (stage.count() == null)) {
                throw Problem.invalid("stages." + i, "say either percent or count");
            }
            boolean grows = stage.percent() == null
                    ? or(stage.count(), 0) > count
                    : stage.percent() > percent;
            if (!grows) {
                throw Problem.invalid("stages." + i,
                        "each stage holds the ones before it, so its number must be higher than theirs");
            }
            percent = stage.percent() == null ? percent : stage.percent();
            count = stage.count() == null ? count : stage.count();
        }
    }

    private static <T> T or(@Nullable T value, T usual) {
        return value == null ? usual : value;
    }
}
