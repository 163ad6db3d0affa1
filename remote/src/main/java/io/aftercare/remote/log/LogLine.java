package io.aftercare.remote.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of a log: JSON or text, read as well as it can be. What has no time or level is shown without.
///
/// @param at   in the device's time
/// @param text all that is not time and level
record LogLine(@Nullable Instant at, @Nullable Level level, String text) {
    private static final List<String> TIMES = List.of("ts", "time", "timestamp");
    private static final List<String> LEVELS = List.of("level", "severity");
    private static final List<String> TEXTS = List.of("message", "msg", "text");
    private static final Set<String> KNOWN = Set.of("ts", "time", "timestamp", "level", "severity", "message",
            "msg",
            "text");
    private static final Pattern HEAD = Pattern.compile(
            "^\\[?(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2})?)\\]?[ \\t]*(.*)$",
            Pattern.DOTALL);
    private static final Pattern LEVEL = Pattern.compile("^[\\[<(]?([A-Za-z]{1,11})[\\])>]?[: \\t]+(.*)$",
            Pattern.DOTALL);
    private static final long MILLIS_FROM = 100_000_000_000L;

    static LogLine parse(String raw) {
        String line = raw.strip();
        return line.startsWith("{") ? ofJson(line).orElseGet(() -> ofText(line)) : ofText(line);
    }

    private static Optional<LogLine> ofJson(String line) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // then it is text that begins with a brace
        }
        if (tree == null || !tree.isObject()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(first(tree, TEXTS).map(LogLine::plain).orElse(""));
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            if (!KNOWN.contains(member.getKey())) {
                text.append(text.isEmpty() ? "" : " ").append(member.getKey()).append('=')
                        .append(plain(member.getValue()));
            }
        }
        return Optional.of(new LogLine(first(tree, TIMES).map(LogLine::time).orElse(null),
                first(tree, LEVELS).flatMap(level -> Level.parse(level.asText())).orElse(null),
                oneLine(text.toString())));
    }

    private static Optional<JsonNode> first(JsonNode tree, List<String> names) {
        return names.stream().filter(tree::hasNonNull).map(tree::get).findFirst();
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static @Nullable Instant time(JsonNode value) {
        if (!value.isNumber()) {
            return time(value.asText());
        }
        double number = value.asDouble();
        return Math.abs(number) < MILLIS_FROM
                ? Instant.ofEpochMilli((long) (number * 1000))
                : Math.abs(number) < MILLIS_FROM * 1000 ? Instant.ofEpochMilli((long) number) : null;
    }

    private static @Nullable Instant time(String text) {
        String iso = text.replace(' ', 'T').replace(',', '.').replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
        try {
            return iso.matches(".*(?:Z|[+-]\\d{2}:\\d{2})$")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null; // what is no time is text
        }
    }

    private static LogLine ofText(String line) {
        Matcher head = HEAD.matcher(line);
        Instant at = head.matches() ? time(head.group(1)) : null;
        String rest = at == null ? line : head.group(2);
        Matcher level = LEVEL.matcher(rest);
        if (level.matches()
                && (at != null || level.group(1).equals(level.group(1).toUpperCase(Locale.ROOT)))) {
            Optional<Level> known = Level.parse(level.group(1));
            if (known.isPresent() && level.group(1).length() > 1) {
                return new LogLine(at, known.get(), oneLine(level.group(2)));
            }
        }
        return new LogLine(at, null, oneLine(rest));
    }

    // A line stays a line, and a terminal that shows it takes no orders from it.
    private static String oneLine(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> plain.appendCodePoint(Character.isISOControl(c) && c != '\t' ? ' ' : c));
        return plain.toString();
    }
}
