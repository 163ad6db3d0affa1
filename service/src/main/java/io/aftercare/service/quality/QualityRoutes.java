package io.aftercare.service.quality;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.setting.HouseSetting.Versioned;
import io.aftercare.service.DeskGround;
import io.aftercare.service.period.Period;
import io.aftercare.service.quality.CaseFact.By;
import io.aftercare.service.sla.PublicPolicy;
import io.aftercare.service.text.Words;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Figures and reports by HTTP (`openapi/service/quality.yaml`).
final class QualityRoutes {
    private final DeskGround ground;
    private final QualityRoom room;
    private final Currency currency;

    QualityRoutes(DeskGround ground, QualityRoom room, Currency currency) {
        this.ground = ground;
        this.room = room;
        this.currency = currency;
    }

    void bind(Operations operations) {
        operations.on("getKpis", this::kpis).on("getKpiTargets", this::targets)
                .on("putKpiTargets", this::putTargets)
                .on("getQualityReport", this::report).on("remakeQualityReport", this::remake)
                .on("listQualityReports", this::editions).on("getFailureRates", this::failureRates)
                .on("getServicePolicy", this::policy);
    }

    private record Span(Instant from, Instant to) {}

    private record Remake(Period period, String reason) {}

    private Response kpis(Request request) {
        By by = By.valueOf(request.query("by").orElse("all").toUpperCase(Locale.ROOT));
        return ground.database().inTransaction(handle -> {
            Span span = span(handle, request);
            Kpis kpis = Kpis.of(handle, room.facts(), span.from(), span.to(), by);
            return request.query("format").orElse("json").equals("csv")
                    ? file(ReportCsv.of(kpis), "text/csv; charset=utf-8", "kpis-" + kpis.by() + ".csv")
                    : Response.ok(kpis);
        });
    }

    private Response targets(Request request) {
        Versioned<Targets> kept = ground.database().jdbi().withHandle(Targets.SETTING::read);
        return Response.versioned(kept.value(), kept.version());
    }

    private Response putTargets(Request request) {
        int version = request.ifMatch();
        Targets asked = request.body(Targets.class).checked();
        return ground.database().inTransaction(handle -> {
            Versioned<Targets> kept = Targets.SETTING.write(handle, asked, version);
            Audit.append(handle, new Audit.Entry(request.principal(), "kpi-targets.put", "kpi-targets",
                    Json.tree(asked), request.address()));
            return Response.versioned(kept.value(), kept.version());
        });
    }

    private Response report(Request request) {
        String format = request.query("format").orElse("json");
        return ground.database().inTransaction(handle -> {
            Period period = period(handle, request);
            QualityReport report;
            Optional<ReportStore.Edition> edition = Optional.empty();
            ZoneId zone = QualityRoom.zone(handle);
            if (period.isOver(ground.now(), zone) && QualityRoom.hadCases(handle, period, zone)) {
                edition = Optional.of(room.kept(handle, period));
                int wanted = request.queryNumber("edition").orElse(edition.get().edition());
                String document = ReportStore.document(handle, period.text(), wanted).orElseThrow(
                        () -> Problem.notFound("edition of the report " + period.text(),
                                Integer.toString(wanted)));
                report = Json.convert(Json.parse(document), QualityReport.class);
            } else {
                report = room.report(handle, period);
            }
            String name = "quality-" + report.period();
            Response response = switch (format) {
                case "html" ->
                    file(ReportPage.of(report, Words.of("quality", request.query("lang").orElse("en")),
                            currency.getCurrencyCode()), "text/html; charset=utf-8", name + ".html")
                            .with("Content-Security-Policy", ReportPage.POLICY);
                case "csv" -> file(ReportCsv.of(report), "text/csv; charset=utf-8", name + ".csv");
                default -> Response.ok(report);
            };
            return edition.map(one -> response.with("ETag", "\"" + one.sha256() + "\"")).orElse(response);
        });
    }

    private Response remake(Request request) {
        Remake asked = request.body(Remake.class);
        return ground.database().inTransaction(handle -> {
            ZoneId zone = QualityRoom.zone(handle);
            if (!asked.period().isOver(ground.now(), zone)
                    || !QualityRoom.hadCases(handle, asked.period(), zone)) {
                throw Problem.conflict("The period " + asked.period().text()
                        + " is not over, or had no case; its report is made anew at each look");
            }
            room.kept(handle, asked.period());
            ReportStore.Edition made = ReportStore.add(handle, room.report(handle, asked.period()),
                    request.principal().name(), asked.reason().strip(), ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "quality-report.remake",
                    "quality-report/" + made.period(), Json.object().put("edition", made.edition())
                            .put("sha256", made.sha256()).put("reason", asked.reason()),
                    request.address()));
            return new Response(201, made, Map.of());
        });
    }

    private Response editions(Request request) {
        List<ReportStore.Edition> all = ground.database().jdbi()
                .withHandle(handle -> ReportStore.list(handle, request.query("period").orElse("")));
        return Response.ok(new Page<>(all, null));
    }

    private Response failureRates(Request request) {
        String by = request.query("by").orElse("batch");
        return Response.ok(ground.database().inTransaction(handle -> {
            Span span = span(handle, request);
            return ReportMaker.reliability(Reliability.population(handle, span.from(), span.to()),
                    room.faults().of(span.from(), span.to())).stream().filter(one -> one.by().equals(by))
                    .findFirst()
                    .orElseThrow(
                            () -> Problem.invalid("by", "one of model, firmware, batch, region is needed"));
        }));
    }

    private record Promised(String policy, Instant since, JsonNode promises, Targets targets) {}

    private Response policy(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> {
            PublicPolicy policy = PublicPolicy.inForce(handle);
            return new Promised(policy.policy(), policy.since(), policy.promises(),
                    Targets.SETTING.of(handle));
        }));
    }

    /// `?month=`, `?quarter=` or `?year=`; the present month without.
    private Period period(Handle handle, Request request) {
        Optional<String> given = request.query("month").or(() -> request.query("quarter"))
                .or(() -> request.query("year"));
        String name = request.query("month").isPresent()
                ? "month"
                : request.query("quarter").isPresent() ? "quarter" : "year";
        int months = name.equals("month") ? 1 : name.equals("quarter") ? 3 : 12;
        return given.map(text -> Period.find(text).filter(one -> one.months() == months)
                .orElseThrow(() -> Problem.invalid(name,
                        "a month such as 2026-10, a quarter such as 2026-Q4, or a year such as 2026 is needed")))
                .orElseGet(() -> Period.monthOf(ground.now(), QualityRoom.zone(handle)));
    }

    /// `?from=` and `?to=`, as times or days; the last 30 days without.
    private Span span(Handle handle, Request request) {
        ZoneId zone = QualityRoom.zone(handle);
        Instant to = request.query("to").map(text -> moment("to", text, zone)).orElseGet(ground::now);
        Instant from = request.query("from").map(text -> moment("from", text, zone))
                .orElseGet(() -> to.minus(Tally.HELD));
        if (!from.isBefore(to)) {
            throw Problem.invalid("from", "it must be before to");
        }
        return new Span(from, to);
    }

    static Instant moment(String field, String text, ZoneId zone) {
        try {
            return Request.fourDigitYear(field, text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw Problem.invalid(field,
                    "a day such as 2026-11-02, or a time such as 2026-11-02T09:00:00Z, is needed");
        }
    }

    private static Response file(byte[] bytes, String type, String name) {
        return new Response(200, Buffer.buffer(bytes), Map.of("Content-Type", type, "Content-Disposition",
                "inline; filename=\"" + name + "\""));
    }
}
