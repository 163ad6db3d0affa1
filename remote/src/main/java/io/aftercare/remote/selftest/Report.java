package io.aftercare.remote.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a device answers to `self_test`, read.
sealed interface Report {
    int TESTS_MAX = 100;
    int NAME_MAX = 64;
    int UNIT_MAX = 32;
    int TEXT_MAX = 500;

    /// In words, such as `150 to 230 °C`.
    Pattern LIMIT = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,15})?(?:E-?\\d{1,2})?) to"
            + " (-?\\d{1,15}(?:\\.\\d{1,15})?(?:E-?\\d{1,2})?)(?: (.{0,32}))?");

    /// The tests that it made, in its order.
    ///
    /// @param passed whether all passed, and the device does not say otherwise
    record Read(List<Result> results, boolean passed) implements Report {
        public Read {
            results = List.copyOf(results);
        }

        int failed() {
            return (int) results.stream().filter(result -> !result.passed()).count();
        }
    }

    /// Not to be read, for a reason that helps whoever wrote the device's side.
    record Unreadable(String reason) implements Report {}

    static Report of(@Nullable JsonNode output) {
        if (output == null || !output.path("tests").isArray() || output.path("tests").isEmpty()) {
            return new Unreadable("the output has no tests: [{\"name\",\"passed\",…}]");
        }
        JsonNode tests = output.path("tests");
        if (tests.size() > TESTS_MAX) {
            return new Unreadable("more than " + TESTS_MAX + " tests");
        }
        List<Result> results = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode test : tests) {
            String name = test.path("name").asText("").strip();
            if (name.isEmpty() || name.length() > NAME_MAX) {
                return new Unreadable("a test has a name of 1 to " + NAME_MAX + " characters");
            }
            if (!names.add(name)) {
                return new Unreadable("the test " + name + " comes twice");
            }
            if (!test.path("passed").isBoolean()) {
                return new Unreadable("the test " + name + " does not say whether it passed");
            }
            results.add(result(name, test));
        }
        return new Read(results,
                output.path("passed").asBoolean(true) && results.stream().allMatch(Result::passed));
    }

    private static Result result(String name, JsonNode test) {
        JsonNode limit = test.path("limit");
        JsonNode value = test.path("value");
        Matcher words = LIMIT.matcher(limit.isTextual() ? limit.asText() : "");
        boolean worded = words.matches();
        String unit = cut(test.path("unit").asText(""), UNIT_MAX);
        return new Result(name, test.path("passed").asBoolean(), value(value),
                unit.isEmpty() && worded && words.group(3) != null ? words.group(3).strip() : unit,
                worded ? Double.valueOf(words.group(1)) : number(limit.path("min")),
                worded ? Double.valueOf(words.group(2)) : number(limit.path("max")),
                limit.isTextual() ? cut(limit.asText(), TEXT_MAX) : "",
                cut(test.path("text").asText(""), TEXT_MAX));
    }

    private static @Nullable JsonNode value(JsonNode value) {
        boolean shown = value.isNumber() || value.isBoolean()
                || value.isTextual() && value.asText().length() <= TEXT_MAX;
        return shown ? value : null;
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue()) ? node.doubleValue() : null;
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
