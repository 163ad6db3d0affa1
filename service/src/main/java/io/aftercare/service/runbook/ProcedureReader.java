package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.runbook.Procedure.About;
import io.aftercare.service.runbook.Procedure.Needs;
import io.aftercare.service.runbook.Procedure.Text;
import io.aftercare.service.runbook.Step.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads procedures as people write them. What is wrong is told at its place, such as `steps[3].check.over`. Pure.
final class ProcedureReader {
    static final int STEPS_MAX = 100;
    private static final int NAMES_MAX = 50;
    private static final int NAME_MAX = 64;
    private static final int PARAMS_MAX = 4_000;
    private static final int TEXT_MAX = 2_000;
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofDays(7);
    private static final Set<String> KINDS = Set.of("action", "check", "wait", "branch", "ask", "end");
    private static final Set<String> LANGUAGES = Set.of("en", "zh");
    private static final Map<String, Set<String>> BESIDE = Map.of("action", Set.of("onFail"), "check",
            Set.of("onFail"));

    private ProcedureReader() {}

    /// @param about null where nothing is said
    /// @return the procedure; a [Problem] 400 with everything that is wrong where it is none
    static Procedure read(@Nullable JsonNode about, JsonNode steps) {
        ObjectNode document = Json.object();
        document.set("about", about == null ? Json.object() : about);
        document.set("steps", steps);
        Reading root = Reading.of("", document);
        About read = about(root.at("about"));
        List<Reading> places = root.at("steps").items(STEPS_MAX);
        if (places.isEmpty()) {
            root.at("steps").wrong("a runbook has at least one step");
        }
        List<Step> all = new ArrayList<>();
        places.forEach(place -> all.add(step(place)));
        ProcedureCheck.labels(all, places);
        root.check("The runbook cannot be read");
        return new Procedure(read, all);
    }

    private static About about(Reading place) {
        place.only(Set.of("models", "codes", "needs", "expected", "soak", "effect", "names"));
        Reading needs = place.at("needs");
        needs.only(Set.of("online", "idle", "consent"));
        Reading effect = place.at("effect");
        return new About(names(place.at("models")), names(place.at("codes")),
                new Needs(needs.at("online").truth(true), needs.at("idle").truth(true),
                        needs.at("consent").truth(false)),
                place.has("expected") ? place.at("expected").span(LEAST, LEAST, WAIT_MAX) : null,
                place.at("soak").span(About.SOAK, LEAST, WAIT_MAX),
                place.has("effect")
                        ? new Text(effect.at("zh").text(TEXT_MAX), effect.at("en").text(TEXT_MAX))
                        : null,
                called(place.at("names")));
    }

    private static Map<String, String> called(Reading place) {
        place.only(LANGUAGES);
        Map<String, String> names = new TreeMap<>();
        LANGUAGES.stream().filter(place::has)
                .forEach(language -> names.put(language, place.at(language).text(NAME_MAX)));
        return names;
    }

    private static List<String> names(Reading place) {
        return place.items(NAMES_MAX).stream().map(item -> item.text(NAME_MAX)).toList();
    }

    private static Step step(Reading place) {
        List<String> kinds = KINDS.stream().filter(place::has).toList();
        if (kinds.size() > 1 || !place.isObject()) {
            place.wrong("a step is one thing: zh and en for a person to do, or one of "
                    + String.join(", ", KINDS.stream().sorted().toList()));
            return new Step.Wait("", LEAST);
        }
        String label = Objects.requireNonNullElse(place.at("label").mayText(NAME_MAX), "");
        if (kinds.isEmpty()) {
            place.only(Set.of("label", "zh", "en", "expect", "onFail"));
            return new Step.Manual(label, place.at("zh").text(TEXT_MAX), place.at("en").text(TEXT_MAX),
                    place.at("expect").mayText(TEXT_MAX), place.at("onFail").mayText(NAME_MAX));
        }
        String kind = kinds.getFirst();
        place.only(Stream.concat(Stream.of("label", kind), BESIDE.getOrDefault(kind, Set.of()).stream())
                .collect(Collectors.toSet()));
        Reading inner = place.at(kind);
        return switch (kind) {
            case "action" -> action(place, inner, label);
            case "check" ->
                new Step.Check(label, ConditionReader.read(inner, Set.of("onFail")), onFail(place, inner));
            case "wait" -> new Step.Wait(label, inner.span(LEAST, LEAST, WAIT_MAX));
            case "branch" -> branch(inner, label);
            case "ask" -> ask(inner, label);
            default -> end(inner, label);
        };
    }

    private static Step action(Reading place, Reading inner, String label) {
        inner.only(Set.of("action", "params", "class", "expiresIn", "onFail"));
        JsonNode params = inner.has("params") ? inner.node().get("params") : Json.object();
        if (!params.isObject() || Json.text(params).length() > PARAMS_MAX) {
            inner.at("params").wrong("an object of at most " + PARAMS_MAX + " characters is needed");
        }
        String actionClass = inner.has("class") ? inner.at("class").text(1) : "";
        if (!Set.of("", "A", "B", "C", "D").contains(actionClass)) {
            inner.at("class").wrong("one of A, B, C, D is needed");
        }
        return new Step.Act(label, inner.at("action").text(NAME_MAX), params, actionClass,
                inner.at("expiresIn").span(Duration.ofHours(1), LEAST, WAIT_MAX), onFail(place, inner));
    }

    private static @Nullable String onFail(Reading place, Reading inner) {
        return inner.has("onFail") ? inner.at("onFail").text(NAME_MAX) : place.at("onFail").mayText(NAME_MAX);
    }

    private static Step branch(Reading inner, String label) {
        inner.only(Set.of("if", "then", "else"));
        return new Step.Branch(label, ConditionReader.read(inner.at("if"), Set.of()),
                target(inner.at("then")),
                target(inner.at("else")));
    }

    private static String target(Reading place) {
        return Objects.requireNonNullElse(place.mayText(NAME_MAX), Step.NEXT);
    }

    private static Step ask(Reading inner, String label) {
        inner.only(Set.of("zh", "en", "choices"));
        Map<String, Choice> choices = new LinkedHashMap<>();
        for (Reading place : inner.at("choices").items(20)) {
            place.only(Set.of("answer", "zh", "en", "then"));
            Choice choice = new Choice(place.at("answer").text(NAME_MAX), place.at("zh").text(TEXT_MAX),
                    place.at("en").text(TEXT_MAX), target(place.at("then")));
            if (choices.putIfAbsent(choice.answer(), choice) != null) {
                place.at("answer").wrong("there is an answer " + choice.answer() + " already");
            }
        }
        if (choices.isEmpty()) {
            inner.at("choices").wrong("a question has at least one answer to choose");
        }
        return new Step.Ask(label, inner.at("zh").text(TEXT_MAX), inner.at("en").text(TEXT_MAX),
                List.copyOf(choices.values()));
    }

    private static Step end(Reading inner, String label) {
        inner.only(Set.of("result", "reason", "zh"));
        inner.at("zh").mayText(TEXT_MAX);
        Result result = inner.at("result").word(Result::parse, Result.COMPLETED,
                "fixed, not-fixed, escalate, dispatch, completed");
        return new Step.End(label, result, inner.has("reason") ? inner.at("reason").text(TEXT_MAX) : "");
    }
}
