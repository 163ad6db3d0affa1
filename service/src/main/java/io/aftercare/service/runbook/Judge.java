package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.runbook.Condition.FaultCleared;
import io.aftercare.service.runbook.Condition.Firmware;
import io.aftercare.service.runbook.Condition.Metric;
import io.aftercare.service.runbook.Condition.Online;
import io.aftercare.service.runbook.Condition.SelfTest;
import io.aftercare.service.ticket.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Says whether a condition holds. Pure.
final class Judge {
    private Judge() {}

    /// From when samples count: over the condition's length, and none from before the device did what was asked of it.
    static Instant from(Condition condition, Run run, Instant now) {
        Instant start = now.minus(condition.over());
        Instant acted = run.memory().acted();
        return acted != null && acted.isAfter(start) ? acted : start;
    }

    static Verdict judge(Condition condition, View view, Run run, Instant now) {
        return switch (condition) {
            case Metric metric -> metric(metric, view, run, now);
            case FaultCleared cleared -> cleared(cleared, view, run, now);
            case Online online -> new Verdict(view.online() == online.online(),
                    view.online() ? "the device is connected" : "the device is away",
                    online.text(), Json.object().put("online", view.online()));
            case Firmware firmware -> new Verdict(view.firmware().equals(firmware.version()),
                    "the device runs firmware " + view.firmware(), firmware.text(),
                    Json.object().put("firmware", view.firmware()));
            case SelfTest test -> selfTest(test, run.memory().selfTest());
        };
    }

    private static Verdict metric(Metric wanted, View view, Run run, Instant now) {
        Numbers numbers = view.numbers().get(wanted.metric());
        Duration covered = Duration.between(from(wanted, run, now), now);
        ObjectNode data = Json.object().put("metric", wanted.metric()).put("of", wanted.of().text())
                .put("op", wanted.operator().sign).put("limit", wanted.value())
                .put("from", from(wanted, run, now).toString()).put("to", now.toString());
        Double before = run.memory().before().get(wanted.metric());
        if (before != null) {
            data.put("before", before);
        }
        if (numbers == null) {
            return new Verdict(false,
                    "no samples of " + wanted.metric() + " since " + second(from(wanted, run, now)),
                    "", data);
        }
        double value = switch (wanted.of()) {
            case MEAN -> numbers.mean();
            case MIN -> numbers.min();
            case MAX -> numbers.max();
        };
        data.put("after", value).put("min", numbers.min()).put("max", numbers.max())
                .put("samples", numbers.count());
        String values = wanted.metric() + " " + (before == null ? "is " : Condition.number(before) + " → ")
                + Condition.number(value) + " (" + wanted.of().text() + " over "
                + covered.truncatedTo(ChronoUnit.SECONDS)
                + ", wanted " + wanted.operator().sign + " " + Condition.number(wanted.value()) + ")";
        boolean holds = covered.compareTo(wanted.over()) >= 0
                && wanted.operator().holds(value, wanted.value());
        return new Verdict(holds, values, values, data);
    }

    private static Verdict cleared(FaultCleared wanted, View view, Run run, Instant now) {
        String fault = run.head().code().isEmpty() ? "the fault" : "fault " + run.head().code();
        Instant at = view.sighting().cleared();
        ObjectNode data = Json.object().put("fault", run.head().code()).put("firing",
                view.sighting().firing());
        if (at != null) {
            data.put("clearedAt", at.toString());
        }
        if (!view.hasFaults()) {
            return new Verdict(false, "the case has no fault that telemetry knows of", "", data);
        }
        if (view.sighting().firing() || at == null) {
            return new Verdict(false,
                    fault + (view.sighting().firing() ? " still fires" : " was never cleared"), "",
                    data);
        }
        boolean lasted = !now.isBefore(at.plus(wanted.over()));
        String text = fault + " cleared at " + second(at);
        return new Verdict(lasted, text, text, data);
    }

    private static Verdict selfTest(SelfTest wanted, @Nullable JsonNode output) {
        if (output == null) {
            return new Verdict(false, "no self-test was done in this run", "", Json.object());
        }
        ObjectNode data = Json.object();
        if (wanted.test().equals(SelfTest.ALL)) {
            boolean passed = output.path("passed").asBoolean(false);
            data.put("passed", passed);
            return new Verdict(passed, passed ? wanted.text() : "the self-test did not pass", wanted.text(),
                    data);
        }
        for (JsonNode test : output.path("tests")) {
            if (test.path("name").asText().equals(wanted.test())) {
                boolean passed = test.path("passed").asBoolean(false);
                data.set("test", test);
                String value = test.hasNonNull("value") ? ": " + test.get("value").asText() : "";
                String text = "the self-test " + wanted.test() + (passed ? " passed" : " failed") + value;
                return new Verdict(passed, text, text, data);
            }
        }
        return new Verdict(false, "the self-test has no test " + wanted.test(), "", data);
    }

    static String second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
