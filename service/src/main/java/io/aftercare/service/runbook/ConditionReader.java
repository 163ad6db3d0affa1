package io.aftercare.service.runbook;

import io.aftercare.service.runbook.Condition.FaultCleared;
import io.aftercare.service.runbook.Condition.Firmware;
import io.aftercare.service.runbook.Condition.Metric;
import io.aftercare.service.runbook.Condition.Of;
import io.aftercare.service.runbook.Condition.Online;
import io.aftercare.service.runbook.Condition.Operator;
import io.aftercare.service.runbook.Condition.SelfTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what a `check` or the `if` of a `branch` looks at. Pure.
final class ConditionReader {
    private static final Set<String> KINDS = Set.of("metric", "fault", "online", "firmware", "selfTest");
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");
    private static final Duration OVER = Duration.ofMinutes(1);
    private static final Duration OVER_MIN = Duration.ofSeconds(1);
    private static final Duration OVER_MAX = Duration.ofHours(1);
    private static final Duration WITHIN_MAX = Duration.ofDays(1);

    private ConditionReader() {}

    /// @param beside fields that the step itself reads
    static Condition read(Reading place, Set<String> beside) {
        List<String> kinds = KINDS.stream().filter(place::has).toList();
        if (kinds.size() != 1) {
            place.wrong("a condition looks at one of " + String.join(", ", KINDS.stream().sorted().toList()));
            return new SelfTest(SelfTest.ALL);
        }
        Duration within = place.at("within").span(Duration.ZERO, Duration.ZERO, WITHIN_MAX);
        return switch (kinds.getFirst()) {
            case "metric" -> metric(place, beside, within);
            case "fault" -> fault(place, beside, within);
            case "online" -> {
                only(place, beside, "online", "within");
                yield new Online(place.at("online").truth(true), within);
            }
            case "firmware" -> {
                only(place, beside, "firmware", "within");
                yield new Firmware(place.at("firmware").text(64), within);
            }
            default -> {
                only(place, beside, "selfTest");
                yield new SelfTest(place.at("selfTest").text(64));
            }
        };
    }

    private static Condition metric(Reading place, Set<String> beside, Duration within) {
        only(place, beside, "metric", "of", "op", "value", "over", "within");
        String name = place.at("metric").text(64);
        if (!METRIC.matcher(name).matches()) {
            place.at("metric").wrong("a metric's name is needed");
        }
        Of of = place.has("of") ? place.at("of").word(Of::parse, Of.MEAN, "mean, min, max") : Of.MEAN;
        Operator operator = place.at("op").word(Operator::parse, Operator.BELOW, "<, <=, >, >=, ==, !=");
        return new Metric(name, of, operator, place.at("value").number(),
                place.at("over").span(OVER, OVER_MIN, OVER_MAX), within);
    }

    private static Condition fault(Reading place, Set<String> beside, Duration within) {
        only(place, beside, "fault", "over", "within");
        if (!place.at("fault").text(20).equals("cleared")) {
            place.at("fault").wrong("cleared is needed");
        }
        return new FaultCleared(place.at("over").span(Duration.ZERO, Duration.ZERO, OVER_MAX), within);
    }

    private static void only(Reading place, Set<String> beside, String... fields) {
        Set<String> known = new HashSet<>(beside);
        known.addAll(List.of(fields));
        place.only(known);
    }
}
