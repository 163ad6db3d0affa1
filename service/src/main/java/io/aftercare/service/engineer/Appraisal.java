package io.aftercare.service.engineer;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// What a quarter's appraisal of the engineers needs, as CSV (R59).
final class Appraisal {
    private static final String HEAD = "engineer,level,region,outlet,done,failed,first_time_fix,first_time_fix_rate,minutes,satisfaction\r\n";
    private final Desk desk;
    private final Jobs jobs;
    private final Satisfaction satisfaction;

    Appraisal(Desk desk, Jobs jobs, Satisfaction satisfaction) {
        this.desk = desk;
        this.jobs = jobs;
        this.satisfaction = satisfaction;
    }

    Response csv(Request request) {
        Instant from = start(request, "from");
        Instant to = start(request, "to");
        if (!from.isBefore(to)) {
            throw Problem.invalid("to", "comes after from");
        }
        String text = desk.ground().database().inTransaction(handle -> table(handle, from, to));
        return new Response(200, Buffer.buffer(text), Map.of("Content-Type", "text/csv; charset=utf-8",
                "Content-Disposition", "attachment; filename=\"engineers.csv\""));
    }

    private String table(Handle handle, Instant from, Instant to) {
        Map<String, Jobs.Figures> figures = jobs.figures(handle, from, to);
        Map<String, Double> scores = satisfaction.of(handle, from, to);
        StringBuilder csv = new StringBuilder(HEAD);
        for (Engineer one : EngineerStore.all(handle)) {
            Jobs.Figures done = figures.getOrDefault(one.name(), new Jobs.Figures(0, 0, 0, 0));
            Double score = scores.get(one.name());
            csv.append(String.join(",", List.of(cell(one.name()), one.profile().level().text(),
                    cell(one.profile().region()), cell(one.outlet()), Integer.toString(done.done()),
                    Integer.toString(done.failed()), Integer.toString(done.firstTimeFix()),
                    done.done() == 0
                            ? ""
                            : String.format(Locale.ROOT, "%.3f", (double) done.firstTimeFix() / done.done()),
                    Integer.toString(done.minutes()),
                    score == null ? "" : String.format(Locale.ROOT, "%.2f", score)))).append("\r\n");
        }
        return csv.toString();
    }

    // RFC 4180; a leading sign is kept from being read as a formula
    private static String cell(String text) {
        String safe = text.matches("[=+@-].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static Instant start(Request request, String name) {
        LocalDate day = request.query(name).map(text -> Desk.day(name, text))
                .orElseThrow(() -> Problem.invalid(name, "a day such as 2026-10-01 is needed"));
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
