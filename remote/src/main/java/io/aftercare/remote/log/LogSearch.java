package io.aftercare.remote.log;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What somebody looks for in a log. A text is found in either case; an expression is RE2, whose time is linear in what it reads.
///
/// @param after lines of lower or equal number are passed over
record LogSearch(Predicate<String> text, @Nullable Level level, @Nullable Instant from, @Nullable Instant to,
        int after, int limit) {
    /// A line as the viewer shows it.
    ///
    /// @param n its number, from 1
    record Line(int n, @Nullable Instant at, @Nullable String level, String text) {}

    static LogSearch of(Request request) {
        String wanted = request.query("q").orElse("");
        return new LogSearch(
                request.query("regex").orElse("false").equals("true")
                        ? expression(wanted)
                        : containing(wanted),
                request.query("level").flatMap(Level::parse).orElse(null),
                request.queryTime("from").orElse(null),
                request.queryTime("to").orElse(null),
                request.cursorNumber().map(number -> Math.clamp(number, 0, Integer.MAX_VALUE))
                        .orElse(0),
                request.limit());
    }

    private static Predicate<String> containing(String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return text -> text.toLowerCase(Locale.ROOT).contains(lower);
    }

    private static Predicate<String> expression(String wanted) {
        try {
            Pattern pattern = Pattern.compile(wanted, Pattern.CASE_INSENSITIVE);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw Problem.invalid("q", "an expression as RE2 knows them: " + e.getMessage());
        }
    }

    /// One more than the limit where there are so many.
    List<Line> in(BufferedReader file) throws IOException {
        List<Line> found = new ArrayList<>();
        int n = 0;
        for (String json = file.readLine(); json != null && found.size() <= limit; json = file.readLine()) {
            n++;
            if (n > after) {
                KeptLine line = Json.convert(Json.parse(json), KeptLine.class);
                if (isWanted(line)) {
                    found.add(new Line(n, at(line), line.level(), line.text()));
                }
            }
        }
        return found;
    }

    static @Nullable Instant at(KeptLine line) {
        return line.at() == null ? null : Instant.ofEpochMilli(line.at());
    }

    // A line without a level or a time belongs to those around it: a filter by them leaves it out.
    private boolean isWanted(KeptLine line) {
        Instant at = at(line);
        return (level == null
                || Level.parse(line.level()).filter(found -> found.compareTo(level) >= 0).isPresent())
                && (from == null || at != null && !at.isBefore(from))
                && (to == null || at != null && at.isBefore(to))
                && text.test(line.text());
    }
}
