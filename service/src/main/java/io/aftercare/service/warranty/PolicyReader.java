package io.aftercare.service.warranty;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem.FieldError;
import io.aftercare.service.warranty.WarrantyPolicy.ExchangeTerm;
import io.aftercare.service.warranty.WarrantyPolicy.ProofRule;
import io.aftercare.service.warranty.WarrantyPolicy.StartKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a policy and finds everything that is wrong with it at once, so that it is known when it is saved and not when a
/// customer waits. One use, one thread.
final class PolicyReader {
    private static final Set<String> FIELDS = Set.of("profile", "name", "note", "scope", "from", "zone",
            "start", "productionGrace", "proof", "terms", "guarantees", "exclusions", "repairedPart",
            "exchange", "freeExchange", "loanerReturnDays", "returns");
    private static final int DAYS_MAX = 36_500;
    private static final double AMOUNT_END = 1e12;

    private final Fields fields = new Fields();

    /// What a document says, or what is wrong with it.
    sealed interface Reading {
        record Sound(WarrantyPolicy policy) implements Reading {}

        record Faulty(List<FieldError> errors) implements Reading {}
    }

    private PolicyReader() {}

    static Reading read(String id, int version, JsonNode document) {
        return new PolicyReader().policy(id, version, document);
    }

    /// As [#read], for what was found sound before it was stored.
    static WarrantyPolicy stored(String id, int version, JsonNode document) {
        return switch (read(id, version, document)) {
            case Reading.Sound sound -> sound.policy();
            case Reading.Faulty faulty -> throw new IllegalStateException(
                    "The stored warranty policy " + id + " version " + version + ": " + faulty.errors());
        };
    }

    private Reading policy(String id, int version, JsonNode document) {
        fields.onlyKnown(document, FIELDS, "");
        JsonNode returns = document.path("returns");
        WarrantyPolicy policy = new WarrantyPolicy(id, version,
                new Words(fields.text(document, "name.zh"), fields.text(document, "name.en")),
                fields.choice(document, "profile", Profile::parse, Profile.HANDBOOK,
                        "handbook, statutory, contract"),
                scope(document.path("scope")), fields.date(document, "from"), zone(document),
                starts(document),
                fields.period(document, "productionGrace", Period.ZERO),
                fields.choice(document, "proof", ProofRule::parse, ProofRule.RECORD,
                        "document, record, optional"),
                terms(document.path("terms")), windows(document.path("guarantees")),
                exclusions(document.path("exclusions")),
                fields.period(document, "repairedPart", Period.ZERO),
                fields.choice(document, "exchange", ExchangeTerm::parse, ExchangeTerm.REMAINDER,
                        "remainder, restart"),
                document.path("freeExchange").asBoolean(false),
                fields.number(document, "loanerReturnDays", 0, DAYS_MAX), returns(returns));
        return fields.errors().isEmpty()
                ? new Reading.Sound(policy)
                : new Reading.Faulty(fields.errors());
    }

    private Scope scope(JsonNode scope) {
        fields.onlyKnown(scope, Set.of("models", "regions", "customers"), "scope.");
        return new Scope(patterns(scope, "models"), patterns(scope, "regions"),
                patterns(scope, "customers"));
    }

    private List<String> patterns(JsonNode scope, String name) {
        List<String> patterns = new ArrayList<>();
        for (JsonNode pattern : scope.path(name)) {
            String text = pattern.asText();
            int star = text.indexOf('*');
            if (text.isBlank() || star >= 0 && star < text.length() - 1) {
                fields.wrong("scope." + name,
                        "a name, or the beginning of one with * at its end, not \"" + text
                                + "\"");
            }
            patterns.add(text);
        }
        return patterns;
    }

    private ZoneId zone(JsonNode document) {
        String name = fields.text(document, "zone");
        if (name.isEmpty()) {
            return ZoneId.of("UTC");
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            fields.wrong("zone", "a zone such as Asia/Shanghai, not " + name);
            return ZoneId.of("UTC");
        }
        return ZoneId.of(name);
    }

    private List<StartKind> starts(JsonNode document) {
        List<StartKind> starts = new ArrayList<>();
        for (JsonNode name : document.path("start")) {
            StartKind.parse(name.asText()).ifPresentOrElse(starts::add, () -> fields.wrong("start",
                    "purchase, activation or production, not " + name.asText()));
        }
        if (starts.isEmpty()) {
            fields.wrong("start", "say what the warranty counts from, such as [\"purchase\"]");
        }
        return starts;
    }

    private Map<ComponentClass, Optional<Period>> terms(JsonNode terms) {
        Map<ComponentClass, Optional<Period>> known = new EnumMap<>(ComponentClass.class);
        for (Map.Entry<String, JsonNode> term : terms.properties()) {
            Optional<ComponentClass> part = ComponentClass.parse(term.getKey());
            if (part.isEmpty()) {
                fields.wrong("terms." + term.getKey(),
                        "there is no such kind of part; known are main, core, accessory, peripheral, consumable");
            } else if (term.getValue().asText().equals("none")) {
                known.put(part.get(), Optional.empty());
            } else {
                known.put(part.get(),
                        Optional.of(fields.period(terms, term.getKey(), "terms.", Period.ZERO)));
            }
        }
        for (ComponentClass part : ComponentClass.values()) {
            if (!known.containsKey(part)) {
                fields.wrong("terms." + part.text(),
                        "a gap: say a term such as P1Y, or \"none\" where there is no warranty");
            }
        }
        return known;
    }

    private List<Window> windows(JsonNode guarantees) {
        List<Window> windows = new ArrayList<>();
        int place = 0;
        for (JsonNode guarantee : guarantees) {
            String at = "guarantees[" + place++ + "].";
            fields.onlyKnown(guarantee, Set.of("remedy", "fromDay", "untilDay"), at);
            Remedy remedy = fields.choice(guarantee, "remedy", at, Remedy::parse, Remedy.REPAIR,
                    "repair, exchange, refund");
            int from = fields.number(guarantee, "fromDay", at, 0, DAYS_MAX);
            int until = fields.number(guarantee, "untilDay", at, 0, DAYS_MAX);
            Window window = new Window(remedy, from, until);
            if (until <= from) {
                fields.wrong(at + "untilDay", "more than fromDay, which is " + from);
            }
            windows.stream().filter(window::overlaps).findFirst()
                    .ifPresent(other -> fields.wrong(at + "fromDay",
                            "overlaps the days " + other.fromDay() + " to " + other.untilDay()
                                    + " of the same remedy"));
            windows.add(window);
        }
        return windows;
    }

    private Map<Exclusion, Exclusion.Effect> exclusions(JsonNode exclusions) {
        Map<Exclusion, Exclusion.Effect> known = new EnumMap<>(Exclusion.class);
        for (Map.Entry<String, JsonNode> entry : exclusions.properties()) {
            Optional<Exclusion> exclusion = Exclusion.parse(entry.getKey());
            Optional<Exclusion.Effect> effect = Exclusion.Effect.parse(entry.getValue().asText());
            if (exclusion.isEmpty()) {
                fields.wrong("exclusions." + entry.getKey(), "there is no such exclusion");
            } else if (effect.isEmpty()) {
                fields.wrong("exclusions." + entry.getKey(),
                        "void or fault, not " + entry.getValue().asText());
            } else {
                known.put(exclusion.get(), effect.get());
            }
        }
        return known;
    }

    private Returns returns(JsonNode returns) {
        fields.onlyKnown(returns, Set.of("compensationMax", "nonQualityDays", "nonQualityUnused",
                "nonQualityPackIntact"), "returns.");
        double told = returns.path("compensationMax").doubleValue();
        if (!(told >= 0 && told < AMOUNT_END)) { // what is no number is neither
            fields.wrong("returns.compensationMax", "an amount from 0 to 999999999999.99");
            told = 0;
        }
        BigDecimal max = BigDecimal.valueOf(told).setScale(2, RoundingMode.HALF_UP);
        return new Returns(max, fields.number(returns, "nonQualityDays", "returns.", 0, DAYS_MAX),
                returns.path("nonQualityUnused").asBoolean(true),
                returns.path("nonQualityPackIntact").asBoolean(true));
    }
}
