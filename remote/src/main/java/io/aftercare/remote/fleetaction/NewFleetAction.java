package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.window.Window;
import io.aftercare.remote.TicketName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What somebody sends to ask for a fleet action; what is left out is cautious.
///
/// @param target   a condition on devices of the model; or `devices` names them
/// @param canary   devices that make up the first stage
/// @param ticket   an open case of one of the devices, which shows the need; classes C and D want it
/// @param confirm  how many devices it is, typed
/// @param deadline how long it may take in all
record NewFleetAction(String action, @Nullable JsonNode params, String model, @Nullable String target,
        @Nullable List<String> devices, @Nullable List<String> canary, @Nullable List<NewStage> stages,
        @Nullable NewGate gate, @Nullable NewWindow window, @Nullable NewRate rate,
        @Nullable String expiresIn, @Nullable String deadline, @Nullable String ticket, String why,
        @Nullable Integer confirm) {
    private static final List<NewStage> USUAL_WAVES = List.of(new NewStage(null, 1, null),
            new NewStage(10.0, null, null), new NewStage(100.0, null, null));
    private static final int PER_MINUTE = 600;
    private static final Duration EXPIRES = Duration.ofHours(1);
    private static final Duration EXPIRES_MAX = Duration.ofDays(7);
    private static final Duration DEADLINE = Duration.ofDays(7);
    private static final Duration DEADLINE_MAX = Duration.ofDays(30);
    private static final Duration SOAK_MAX = Duration.ofDays(7);

    NewFleetAction {
        ticket = ticket == null ? null : TicketName.number(ticket);
    }

    record NewStage(@Nullable Double percent, @Nullable Integer count, @Nullable String start) {
        FleetPlan.Stage planned() {
            return new FleetPlan.Stage(percent, count, "manual".equals(start));
        }
    }

    record NewGate(@Nullable Double success, @Nullable Double error, @Nullable Integer minimum,
            @Nullable String soak, @Nullable Boolean faults, FleetPlan.@Nullable Stop action) {}

    record NewRate(int devicesPerMinute) {}

    record NewWindow(LocalTime start, String duration, @Nullable String zone) {}

    JsonNode given() {
        return params == null ? Json.object() : params;
    }

    List<String> canaries() {
        return or(canary, List.of());
    }

    /// How long it may take in all.
    Duration time() {
        return within("deadline", deadline, DEADLINE, Duration.ofMinutes(1), DEADLINE_MAX);
    }

    FleetPlan plan() {
        if ((target == null) == (devices == null)) {
            throw Problem.invalid("target",
                    "name the devices in devices, or a condition on them in target: one of both");
        }
        return new FleetPlan(plannedStages(), plannedGate(), plannedWindow(),
                rate == null ? PER_MINUTE : rate.devicesPerMinute(),
                within("expiresIn", expiresIn, EXPIRES, Duration.ofSeconds(1), EXPIRES_MAX));
    }

    private List<FleetPlan.Stage> plannedStages() {
        List<NewStage> asked = stages == null || stages.isEmpty() ? USUAL_WAVES : stages;
        List<FleetPlan.Stage> planned = new ArrayList<>();
        if (!canaries().isEmpty()) {
            planned.add(FleetPlan.Stage.CANARIES);
        }
        asked.forEach(stage -> planned.add(stage.planned()));
        for (int i = 0; i < asked.size(); i++) {
            check("stages[" + i + "]", asked.get(i), i == 0 ? null : asked.get(i - 1));
        }
        NewStage last = asked.getLast();
        if (last.percent() == null || last.percent() < 100) {
            throw Problem.invalid("stages",
                    "the last stage has to be 100 percent: choose fewer devices by the target");
        }
        return planned;
    }

    private static void check(String field, NewStage stage, @Nullable NewStage before) {
        if ((stage.percent() == null) == (stage.count() == null)) {
            throw Problem.invalid(field, "say percent or count, one of both");
        }
        if (before != null
                && (isNotMore(stage.percent(), before.percent())
                        || isNotMore(stage.count(), before.count()))) {
            throw Problem.invalid(field, "has to hold more devices than the stage before it");
        }
    }

    private static <T extends Comparable<T>> boolean isNotMore(@Nullable T one, @Nullable T before) {
        return one != null && before != null && one.compareTo(before) <= 0;
    }

    private FleetPlan.Gate plannedGate() {
        NewGate asked = Objects.requireNonNullElse(gate, new NewGate(null, null, null, null, null, null));
        return new FleetPlan.Gate(or(asked.success(), 0.95), or(asked.error(), 0.1), or(asked.minimum(), 5),
                within("gate.soak", asked.soak(), Duration.ofMinutes(5), Duration.ZERO, SOAK_MAX),
                or(asked.faults(), true), or(asked.action(), FleetPlan.Stop.PAUSE));
    }

    private @Nullable Window plannedWindow() {
        if (window == null) {
            return null;
        }
        try {
            return new Window(window.start(), Duration.parse(window.duration()),
                    or(window.zone(), Window.DEVICE));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Problem.invalid("window", String.valueOf(e.getMessage()));
        }
    }

    private static Duration within(String field, @Nullable String text, Duration usual, Duration least,
            Duration most) {
        if (text == null) {
            return usual;
        }
        try {
            Duration said = Duration.parse(text);
            if (said.compareTo(least) >= 0 && said.compareTo(most) <= 0) {
                return said;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "an ISO 8601 span of time such as PT1H, not " + text);
        }
        throw Problem.invalid(field, "from " + least + " to " + most + ", not " + text);
    }

    private static <T> T or(@Nullable T value, T usual) {
        return value == null ? usual : value;
    }
}
