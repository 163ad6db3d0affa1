package io.aftercare.service.survey;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.casefile.CaseDocument;
import io.aftercare.service.casefile.DocumentKind;
import io.aftercare.service.customer.PersonalHolding;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Surveys, wired.
public final class SurveyRoom implements Room, PersonalHolding {
    private static final int BATCH_MAX = 500;

    private final SurveyRoutes routes;
    private final BackgroundLoop loop;

    /// Where a customer's link leads.
    @FunctionalInterface
    public interface CaseOfToken {
        /// @return the id of the case; a [io.aftercare.fleet.http.Problem] 404 where it leads nowhere
        long caseOf(Handle handle, String token, Instant now);
    }

    /// @param every how often links that have ended are looked for
    public SurveyRoom(DeskGround ground, Cases cases, CaseOfToken links, Displeased displeased,
            Duration every) {
        Surveys surveys = new Surveys(ground, cases, displeased);
        this.routes = new SurveyRoutes(ground, cases, surveys, links);
        this.loop = new BackgroundLoop("surveys-due", every, () -> ground.database()
                .inTransaction(handle -> SurveyStore.expire(handle, ground.now(), BATCH_MAX)) == BATCH_MAX);
        cases.listen(surveys::changed);
        cases.show("survey", (handle, ticket, _) -> SurveyStore.ofTicket(handle, ticket.id()).orElse(null));
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    /// What the customer of a case answered, for its file; nothing before.
    public static List<CaseDocument> documents(Handle handle, Ticket ticket) {
        return SurveyStore.ofTicket(handle, ticket.id())
                .filter(survey -> survey.state() == SurveyState.ANSWERED).stream().map(SurveyRoom::document)
                .toList();
    }

    // Scores alone: a file is kept, and the comment goes with the person.
    private static CaseDocument document(Survey survey) {
        List<CaseDocument.Line> lines = new ArrayList<>();
        lines.add(new CaseDocument.Line("state", survey.state().text()));
        Scores scores = survey.scores();
        if (scores != null) {
            lines.add(new CaseDocument.Line("scores", scores.words()));
        }
        String by = survey.recordedBy();
        return new CaseDocument(DocumentKind.SURVEY, "survey " + survey.id(), survey.sentAt(),
                by == null ? "" : by,
                "survey", lines, null);
    }

    /// The mean scores of cases that were opened in a span of time, by the case.
    public static Map<Long, Double> scores(Handle handle, Instant from, Instant to) {
        return handle.createQuery("""
                SELECT s.* FROM service.survey s JOIN service.ticket t ON t.id = s.ticket
                WHERE s.state = 'answered' AND t.opened_at >= :from AND t.opened_at < :to""")
                .bind("from", from)
                .bind("to", to).map((row, _) -> SurveyStore.survey(row)).stream()
                .collect(Collectors.toMap(Survey::ticket,
                        survey -> Optional.ofNullable(survey.scores()).map(Scores::mean).orElseThrow()));
    }

    @Override
    public List<?> held(Handle handle, List<String> ids) {
        return SurveyStore.ofCustomer(handle, ids);
    }

    @Override
    public void forget(Handle handle, List<String> ids) {
        SurveyStore.forget(handle, ids);
    }
}
