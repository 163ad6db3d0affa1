package io.aftercare.service.survey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Surveys by HTTP (`openapi/service/survey.yaml`): for staff, and for the customer with the link of the case.
final class SurveyRoutes {
    private static final Duration SPAN = Duration.ofDays(30);

    private final DeskGround ground;
    private final Cases cases;
    private final Surveys surveys;
    private final SurveyRoom.CaseOfToken links;

    SurveyRoutes(DeskGround ground, Cases cases, Surveys surveys, SurveyRoom.CaseOfToken links) {
        this.ground = ground;
        this.cases = cases;
        this.surveys = surveys;
        this.links = links;
    }

    private record Answer(int speed, int attitude, int effect, int resolution, @Nullable Integer parts,
            int professionalism, @Nullable String comment, @Nullable String way) {
        SurveyStore.Said by(String how, @Nullable String person) {
            String words = comment == null || comment.isBlank() ? null : comment.strip();
            return new SurveyStore.Said(
                    new Scores(speed, attitude, effect, resolution, parts, professionalism), words,
                    how, person);
        }
    }

    /// What a customer sees of a survey.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Asked(SurveyState state, Instant expiresAt, @Nullable Scores scores,
            @Nullable String comment) {
        static Asked of(Survey survey) {
            return new Asked(survey.state(), survey.expiresAt(), survey.scores(), survey.comment());
        }
    }

    void bind(Operations operations) {
        operations.on("listSurveys", this::list).on("getTicketSurvey", this::get)
                .on("recordTicketSurvey", this::record).on("getSurveyReport", this::report)
                .on("getCustomerSurvey", this::asked).on("answerCustomerSurvey", this::answer);
    }

    private Response list(Request request) {
        boolean all = !request.principal().has(Role.PARTNER);
        List<Survey> rows = ground.database().jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT * FROM service.survey
                                        WHERE id < :before AND (:state = '' OR state = :state) AND (NOT :low OR state = 'answered'
                                            AND least(speed, attitude, effect, resolution, coalesce(parts, 5), professionalism) <= :lowMax)
                                          AND (:all OR outlet = :outlet AND outlet <> '')
                                        ORDER BY id DESC LIMIT :limit""")
                        .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                        .bind("state", request.query("state").orElse("")).bind("lowMax", Scores.LOW_MAX)
                        .bind("low", request.query("low").filter("true"::equals).isPresent()).bind("all", all)
                        .bind("outlet", request.principal().outlet()).bind("limit", request.limit() + 1)
                        .map((row, _) -> SurveyStore.survey(row)).list());
        return Response.ok(Page.of(rows, request.limit(), survey -> Long.toString(survey.id())));
    }

    private Response get(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            return SurveyStore.ofTicket(handle, ticket.id()).orElseThrow(Surveys::nothingAsked);
        }));
    }

    private Response record(Request request) {
        Answer answer = request.body(Answer.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Survey survey = surveys.record(handle, ticket,
                    answer.by(answer.way() == null ? "phone" : answer.way(), request.principal().name()),
                    new Actor(request.principal(), request.address()));
            audit(handle, request, survey);
            return Response.created("/api/v1/tickets/" + ticket.id() + "/survey", survey);
        });
    }

    private Response report(Request request) {
        Instant to = time(request, "to", ground.now());
        Instant from = time(request, "from", to.minus(SPAN));
        if (!from.isBefore(to)) {
            throw Problem.invalid("from", "it has to be before " + to);
        }
        return Response.ok(ground.database().jdbi().withHandle(
                handle -> SurveyReport.of(handle, from, to, request.query("by").orElse("engineer"))));
    }

    private Response asked(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> {
            long ticket = links.caseOf(handle, request.path("token"), ground.now());
            return Asked.of(SurveyStore.ofTicket(handle, ticket).orElseThrow(Surveys::nothingAsked));
        }));
    }

    private Response answer(Request request) {
        Answer answer = request.body(Answer.class);
        return ground.database().inTransaction(handle -> {
            long ticket = links.caseOf(handle, request.path("token"), ground.now());
            Survey survey = surveys.answer(handle, ticket, answer.by("web", null));
            audit(handle, request, survey);
            return Response.ok(Asked.of(survey));
        });
    }

    private static Instant time(Request request, String name, Instant otherwise) {
        try {
            return request.query(name).map(Instant::parse).orElse(otherwise);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name, "a time such as 2026-11-01T00:00:00Z is needed");
        }
    }

    // Without the comment: the audit forgets nothing.
    private static void audit(Handle handle, Request request, Survey survey) {
        Audit.append(handle, new Audit.Entry(request.principal(), "survey.answer", "survey/" + survey.id(),
                Json.object().put("ticket", Long.toString(survey.ticket())).put("way", survey.way()),
                request.address()));
    }
}
