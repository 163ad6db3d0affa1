package io.aftercare.simulator.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a device really sends where an action has ended: its answer, once and under the right id, unless it misbehaves. Pure.
///
/// @param id the action that it claims to answer
/// @param after how long it waits before
record Telling(String id, ObjectNode answer, Duration after) {
    static final Duration LATE = Duration.ofSeconds(90);
    private static final int TOO_LONG = 80 * 1024;

    /// @param before the id of the action that was answered before; empty where there was none
    static List<Telling> of(Asked asked, ObjectNode honest, Temper temper, Optional<String> before,
            Instant now) {
        if (temper.is(Misbehaviour.NEVER_ANSWER)) {
            return List.of();
        }
        String id = temper.is(Misbehaviour.ANSWER_OTHER) ? before.orElse(asked.id() + "x") : asked.id();
        Duration after = temper.is(Misbehaviour.LATE_ANSWER) ? lateBy(asked, now) : Duration.ZERO;
        ObjectNode answer = bent(honest, temper);
        return temper.is(Misbehaviour.ANSWER_TWICE)
                ? List.of(new Telling(id, answer, after), new Telling(id, opposite(honest), after))
                : List.of(new Telling(id, answer, after));
    }

    private static Duration lateBy(Asked asked, Instant now) {
        Duration late = asked.expires().map(at -> Duration.between(now, at.plusSeconds(1))).orElse(LATE);
        return late.compareTo(LATE) < 0 ? late : LATE;
    }

    private static ObjectNode bent(ObjectNode honest, Temper temper) {
        if (temper.is(Misbehaviour.BAD_OUTPUT)) {
            return Answer.succeeded(Map.of("tests", List.of(7, Map.of("name", 7)), "lines", Map.of("0", true),
                    "upload", false, "passed", "perhaps"));
        }
        return temper.is(Misbehaviour.TOO_LONG) && honest.path("output").isTextual()
                ? Answer.succeeded("x".repeat(TOO_LONG))
                : honest;
    }

    private static ObjectNode opposite(ObjectNode honest) {
        return honest.path("status").asText().equals("succeeded")
                ? Answer.failed("a second answer")
                : Answer.succeeded("a second answer");
    }
}
