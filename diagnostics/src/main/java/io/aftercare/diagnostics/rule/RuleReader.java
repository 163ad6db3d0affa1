package io.aftercare.diagnostics.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.expression.Expression;
import io.aftercare.diagnostics.expression.InvalidExpression;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.time.Durations;
import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads a rule's document, YAML or JSON, into a checked [Rule], or says by line and column all that is wrong with it.
public final class RuleReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int TITLE_MAX = 200;
    private static final int TESTS_MAX = 100;
    private static final int LEVELS_MAX = 4;
    private static final Set<String> TITLE_LANGUAGES = Set.of("en", "zh");
    private static final int CODES_MAX = 16;
    private static final Duration GRACE_MAX = Duration.ofHours(1);
    /// What the server adds when it shows a rule; accepted and passed over, so that what was read can be sent back.
    static final Set<String> SHOWN = Set.of("version", "author", "at", "parked", "cost", "overBudget");
    private static final Set<String> FIELDS = Set.of("id", "title", "titles", "applies_to", "fault", "when",
            "for",
            "clear_when",
            "clear_for", "quiet", "schedule", "ticket", "depends_on", "remedies", "tests", "version",
            "author", "at", "parked", "cost", "overBudget");

    private RuleReader() {}

    /// Reads a document without knowing what devices send.
    public static Rule read(String text) {
        return read(text, KnownMetrics.NOTHING);
    }

    /// Reads a document, and refuses metrics that no device it is for can be expected to send.
    public static Rule read(String text, KnownMetrics known) {
        Place root = Place.root(text);
        Fields fields = new Fields(root, FIELDS);
        String id = fields.need("id",
                place -> matching(place, ID, "1 to 64 of a-z 0-9 -, such as fuser-overheat"), "");
        Rule.AppliesTo appliesTo = fields.may("applies_to", RuleReader::appliesTo,
                new Rule.AppliesTo(List.of(), Optional.empty()));
        Rule.Fault fault = fields.need("fault", RuleReader::fault,
                new Rule.Fault("", Rule.Severity.MAJOR, List.of()));
        Optional<Expression> when = Optional
                .ofNullable(fields.need("when", place -> Optional.of(condition(place)),
                        Optional.<Expression>empty()).orElse(null));
        Optional<Expression> clearWhen = fields.optional("clear_when", RuleReader::condition);
        Rule.Ticket ticket = fields.may("ticket", place -> ticket(place, fault.severity()),
                ticket(fault.severity()));
        Duration holds = fields.may("for", RuleReader::duration, Duration.ZERO);
        Duration clears = fields.may("clear_for", RuleReader::duration, Duration.ZERO);
        Optional<Rule.Quiet> quiet = fields.optional("quiet", RuleReader::quiet);
        Schedule schedule = fields.may("schedule", Schedule::read, Schedule.ALWAYS);
        Rule.DependsOn dependsOn = fields.may("depends_on", place -> dependsOn(place, fault.code()),
                Rule.DependsOn.NOTHING);
        JsonNode remedies = fields.may("remedies", RuleReader::remedies, Json.array());
        List<RuleTest> tests = fields.may("tests", place -> tests(place, appliesTo), List.of());
        String title = fields.may("title", RuleReader::title, id);
        Map<String, String> titles = fields.may("titles", RuleReader::titles, Map.of());
        when.ifPresent(condition -> fields.optional("when",
                place -> bounded(place, condition, clearWhen, fault.levels())));
        for (String name : List.of("when", "clear_when")) {
            fields.optional(name, place -> measured(place, appliesTo.models(), known));
        }
        if (!fault.levels().isEmpty()) {
            fields.optional("fault",
                    place -> Objects.requireNonNull(place.map().get("levels")).list().stream()
                            .map(level -> Objects.requireNonNull(level.map().get("when")))
                            .map(level -> measured(level, appliesTo.models(), known)).toList());
        }
        fields.check();
        ObjectNode document = document(text);
        document.remove(SHOWN);
        return new Rule(id, title, titles, appliesTo, fault, when.orElseThrow(), holds, clearWhen, clears,
                quiet,
                schedule,
                ticket, dependsOn, remedies, tests, document);
    }

    /// A document that was read before, whole, as JSON.
    public static ObjectNode document(String text) {
        return (ObjectNode) Place.root(text).json();
    }

    private static String matching(Place place, Pattern pattern, String right) {
        if (!pattern.matcher(place.text()).matches()) {
            throw place.wrong(right + ", not " + place.text());
        }
        return place.text();
    }

    private static String title(Place place) {
        if (place.text().length() > TITLE_MAX) {
            throw place.wrong("at most " + TITLE_MAX + " characters, as it heads the tickets");
        }
        return place.text();
    }

    private static Map<String, String> titles(Place place) {
        Fields fields = new Fields(place, TITLE_LANGUAGES);
        Map<String, String> titles = new TreeMap<>();
        for (String language : TITLE_LANGUAGES) {
            fields.optional(language, RuleReader::title).ifPresent(title -> titles.put(language, title));
        }
        fields.check();
        return titles;
    }

    private static Rule.AppliesTo appliesTo(Place place) {
        Fields fields = new Fields(place, Set.of("model", "where"));
        List<String> models = fields.may("model",
                value -> value.json().isArray()
                        ? value.list().stream().map(Place::text).toList()
                        : List.of(value.text()),
                List.of());
        Optional<Expression> where = fields.optional("where", RuleReader::where);
        fields.check();
        return new Rule.AppliesTo(models, where);
    }

    private static Expression where(Place place) {
        Expression where = condition(place);
        if (!where.isOfDeviceAlone()) {
            throw place
                    .wrong("a rule is given to devices by what they are (device.…); metrics belong in when");
        }
        return where;
    }

    private static Rule.Fault fault(Place place) {
        Fields fields = new Fields(place, Set.of("code", "severity", "levels"));
        String code = fields.need("code", value -> matching(value, CODE, "A-Z 0-9 _, such as FUSER_OVERHEAT"),
                "");
        Rule.Severity severity = fields.may("severity", RuleReader::severity, Rule.Severity.MAJOR);
        List<Rule.Level> levels = fields.may("levels", RuleReader::levels, List.of());
        fields.check();
        return new Rule.Fault(code, severity, levels);
    }

    private static List<Rule.Level> levels(Place place) {
        List<Rule.Level> levels = new ArrayList<>();
        for (Place level : place.list()) {
            Fields fields = new Fields(level, Set.of("when", "severity", "for"));
            Optional<Expression> when = fields.need("when", value -> Optional.of(condition(value)),
                    Optional.<Expression>empty());
            Rule.Severity severity = fields.need("severity", RuleReader::severity, Rule.Severity.CRITICAL);
            Duration holds = fields.may("for", RuleReader::duration, Duration.ZERO);
            fields.check();
            levels.add(new Rule.Level(when.orElseThrow(), severity, holds));
        }
        if (levels.size() > LEVELS_MAX) {
            throw place.wrong("at most " + LEVELS_MAX + " levels a rule");
        }
        return levels;
    }

    private static Rule.DependsOn dependsOn(Place place, String own) {
        if (place.json().isArray()) {
            return new Rule.DependsOn(codes(place, own), List.of(), Rule.DependsOn.USUAL_GRACE);
        }
        Fields fields = new Fields(place, Set.of("device", "gateway", "grace"));
        List<String> device = fields.may("device", value -> codes(value, own), List.of());
        List<String> gateway = fields.may("gateway", value -> codes(value, ""), List.of());
        Duration grace = fields.may("grace", RuleReader::grace, Rule.DependsOn.USUAL_GRACE);
        fields.check();
        return new Rule.DependsOn(device, gateway, grace);
    }

    private static List<String> codes(Place place, String own) {
        List<String> codes = new ArrayList<>();
        for (Place code : place.list()) {
            codes.add(matching(code, CODE, "A-Z 0-9 _, such as GATEWAY_SILENT"));
            if (code.text().equals(own)) {
                throw code.wrong(own + " cannot depend on itself");
            }
        }
        if (codes.size() > CODES_MAX) {
            throw place.wrong("at most " + CODES_MAX + " codes");
        }
        return codes;
    }

    private static Duration grace(Place place) {
        Duration grace = duration(place);
        if (grace.compareTo(GRACE_MAX) > 0) {
            throw place.wrong("an hour at most, or nobody hears of the fault in time");
        }
        return grace;
    }

    static Rule.Severity severity(Place place) {
        return Rule.Severity.parse(place.text()).orElseThrow(
                () -> place.wrong("critical, major, minor, warning or info, not " + place.text()));
    }

    private static Rule.Ticket ticket(Rule.Severity severity) {
        return new Rule.Ticket(severity.opensTicket(), severity.priority(), "");
    }

    private static Rule.Ticket ticket(Place place, Rule.Severity severity) {
        Fields fields = new Fields(place, Set.of("open", "priority", "skill"));
        boolean open = fields.may("open", Place::truth, true);
        String priority = fields.may("priority",
                value -> matching(value, Pattern.compile("P[1-4]"), "P1, P2, P3 or P4"), severity.priority());
        String skill = fields.may("skill", Place::text, "");
        fields.check();
        return new Rule.Ticket(open, priority, skill);
    }

    private static Rule.Quiet quiet(Place place) {
        Fields fields = new Fields(place, Set.of("flaps", "within", "hold"));
        int flaps = fields.need("flaps", value -> value.number(2, 16), 2);
        Duration within = fields.need("within", RuleReader::window, Duration.ZERO);
        Duration hold = fields.need("hold", RuleReader::window, Duration.ZERO);
        fields.check();
        return new Rule.Quiet(flaps, within, hold);
    }

    private static JsonNode remedies(Place place) {
        for (Place remedy : place.list()) {
            var kinds = remedy.map();
            boolean isRunbook = kinds.containsKey("runbook");
            if (kinds.size() != (isRunbook && kinds.containsKey("auto") ? 2 : 1)) {
                throw remedy.wrong("one of runbook, action, firmware, dispatch each; with runbook also auto");
            }
            Fields fields = new Fields(remedy, isRunbook
                    ? Set.of("runbook", "auto")
                    : Set.of("runbook", "action", "firmware", "dispatch"));
            if (isRunbook) {
                fields.need("runbook", Place::text, "");
                fields.may("auto", Place::truth, false);
            }
            fields.check();
            if (kinds.containsKey("action")) {
                Fields action = new Fields(kinds.get("action"), Set.of("name", "class", "params"));
                action.need("name", Place::text, "");
                action.check();
            }
        }
        return place.json();
    }

    private static List<RuleTest> tests(Place place, Rule.AppliesTo appliesTo) {
        List<RuleTest> tests = new ArrayList<>();
        place.list().forEach(test -> tests.add(RuleTest.read(test, appliesTo)));
        if (tests.size() > TESTS_MAX) {
            throw place.wrong("at most " + TESTS_MAX + " tests a rule");
        }
        return tests;
    }

    private static Expression bounded(Place place, Expression when, Optional<Expression> clearWhen,
            List<Rule.Level> levels) {
        Layout layout = new Layout();
        when.condition(layout);
        clearWhen.ifPresent(clear -> clear.condition(layout));
        levels.forEach(level -> level.when().condition(layout));
        if (layout.windows() > Language.WINDOWS_MAX) {
            throw place.wrong("at most " + Language.WINDOWS_MAX + " windows a rule");
        }
        if (layout.isOfDeviceAlone()) {
            throw place.wrong("names no metric, so no sample could ever decide it");
        }
        return when;
    }

    /// Whether devices of these models send what a condition names.
    private static Expression measured(Place place, List<String> models, KnownMetrics known) {
        Expression condition = condition(place);
        Layout layout = new Layout();
        condition.condition(layout);
        List<InvalidRule.Issue> issues = new ArrayList<>();
        // What changed(…) names may also be a text attribute, which products do not list.
        layout.metrics().keySet().stream().filter(metric -> !layout.texts().contains(metric))
                .forEach(metric -> known.objection(models, metric)
                        .ifPresent(message -> issues.add(place.issueAt(metric, message))));
        if (!issues.isEmpty()) {
            throw new InvalidRule(issues);
        }
        return condition;
    }

    /// A condition; its mistakes are placed in the document.
    static Expression condition(Place place) {
        try {
            return Language.condition(place.text());
        } catch (InvalidExpression e) {
            throw new InvalidRule(e.issues().stream()
                    .map(issue -> new InvalidRule.Issue(place.line() + issue.line() - 1,
                            issue.line() == 1 ? place.textColumn() + issue.column() - 1 : issue.column(),
                            place.path(),
                            issue.message()))
                    .toList());
        }
    }

    static Duration duration(Place place) {
        try {
            return Durations.parse(place.text());
        } catch (IllegalArgumentException e) {
            throw place.wrong(String.valueOf(e.getMessage()));
        }
    }

    static Duration window(Place place) {
        try {
            return Durations.window(place.text());
        } catch (IllegalArgumentException e) {
            throw place.wrong(String.valueOf(e.getMessage()));
        }
    }
}
