package io.aftercare.service.quote;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The exact words that a customer agrees to, the same for the same quote at any time: what is shown can be compared with what
/// is kept. Immutable.
final class Wording {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    private final Catalogue texts;
    private final ZoneId zone;

    /// @param zone in which days are told
    Wording(Catalogue texts, ZoneId zone) {
        this.texts = texts;
        this.zone = zone;
    }

    /// Words with the hash by which an answer names them.
    record Shown(String wording, String shown) {
        static Shown of(String wording) {
            return new Shown(wording, Sha256.hex(wording));
        }
    }

    Shown of(Quote quote, Language language) {
        Terms terms = quote.terms();
        Instant until = quote.validUntil();
        List<String> parts = terms.lines().stream().filter(line -> line.part() != null).map(Line::text)
                .toList();
        Map<String, String> params = Map.ofEntries(Map.entry("quote", quote.number()),
                Map.entry("cause", terms.cause()), Map.entry("plan", terms.plan()),
                Map.entry("risk", terms.risk()),
                Map.entry("days", String.valueOf(terms.durationDays())),
                Map.entry("lines", lines(quote)), Map.entry("total", quote.total().toPlainString()),
                Map.entry("currency", quote.currency()),
                Map.entry("fee", terms.inspectionFee().toPlainString()),
                Map.entry("until", until == null ? "–" : DAY.format(until.atZone(zone))));
        String text = texts.text(language, "quote.wording", params);
        return Shown.of(parts.isEmpty()
                ? text
                : text + "\n" + texts.text(language, "quote.wording.parts",
                        Map.of("parts", String.join(", ", parts))));
    }

    Shown ofPart(PartOffers.Offer part, String why, Language language) {
        return Shown.of(texts.text(language, "consent.wording",
                Map.of("part", language == Language.ZH ? part.nameZh() : part.nameEn(), "code", part.code(),
                        "why",
                        why)));
    }

    private static String lines(Quote quote) {
        return quote.terms().lines().stream()
                .map(line -> "- " + line.text() + ": " + line.quantity().toPlainString() + " × "
                        + line.price().toPlainString() + " = " + line.amount().toPlainString() + " "
                        + quote.currency())
                .collect(Collectors.joining("\n"));
    }
}
