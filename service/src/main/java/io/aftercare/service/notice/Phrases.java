package io.aftercare.service.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The words of a notice: the texts of its template with its parameters, as people write times and amounts. Thread-safe.
public final class Phrases {
    private static final int SUBJECT_MAX = 200;
    private final Catalogue catalogue;
    private final ZoneId zone;

    public Phrases(Catalogue catalogue, ZoneId zone) {
        this.catalogue = catalogue;
        this.zone = zone;
    }

    public boolean knows(String template) {
        return catalogue.has("notice." + template + ".subject");
    }

    /// One line, of a bounded length.
    public String subject(Language language, String template, Map<String, String> params) {
        String line = catalogue.text(language, "notice." + template + ".subject", params)
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= SUBJECT_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0,
                        line.codePointCount(0, SUBJECT_MAX) - 1)) + "…";
    }

    public String body(Language language, String template, Map<String, String> params) {
        return catalogue.text(language, "notice." + template + ".body", params).strip();
    }

    public String text(Language language, String key) {
        return catalogue.text(language, key);
    }

    /// Parameters as people write them: moments in the desk's zone, lists with commas, and in words what the catalogue has as
    /// `word.<parameter>.<value>`.
    public Map<String, String> readable(Language language, JsonNode params) {
        Map<String, String> readable = new HashMap<>();
        params.properties()
                .forEach(entry -> readable.put(entry.getKey(),
                        one(language, entry.getKey(), entry.getValue())));
        return readable;
    }

    private String one(Language language, String name, JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false).map(item -> one(language, name, item))
                    .collect(Collectors.joining(language == Language.ZH ? "、" : ", "));
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        String word = "word." + name + "." + text;
        if (catalogue.has(word)) {
            return catalogue.text(language, word);
        }
        return text.matches("\\d{4}-\\d\\d-\\d\\dT.*Z") ? moment(language, text) : text;
    }

    private String moment(Language language, String text) {
        String pattern = language == Language.ZH ? "yyyy年M月d日 HH:mm (VV)" : "d MMMM yyyy, HH:mm (VV)";
        try {
            return DateTimeFormatter.ofPattern(pattern, language.locale())
                    .format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException e) {
            return text; // only looks like a moment: a serial may
        }
    }
}
