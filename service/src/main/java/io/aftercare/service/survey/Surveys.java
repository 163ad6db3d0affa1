package io.aftercare.service.survey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Customer;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Asks customers, and takes their answers. Works in the caller's transaction. Thread-safe.
final class Surveys {
    /// How long the link works.
    static final Duration VALID = Duration.ofDays(14);

    private final DeskGround ground;
    private final Cases cases;
    private final Displeased displeased;

    Surveys(DeskGround ground, Cases cases, Displeased displeased) {
        this.ground = ground;
        this.cases = cases;
        this.displeased = displeased;
    }

    /// Asks when a customer's case is solved for the first time.
    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        if (before == null || before.state().isSolved() || !after.state().isSolved()
                || after.report().contact() == null) {
            return;
        }
        ask(handle, after).ifPresent(survey -> {
            ObjectNode notice = Json.object().put("ticket", Long.toString(after.id())).put("template",
                    "survey");
            notice.putObject("params").put("until", survey.expiresAt().toString());
            Outbox.append(handle, "notice.customer", "survey/" + survey.id() + "/sent", notice);
        });
    }

    private Optional<Survey> ask(Handle handle, Ticket ticket) {
        return SurveyStore.insert(handle, ticket.id(),
                Customers.ofTicket(handle, ticket.id()).map(Customer::id).orElse(null), ground.now(), VALID);
    }

    /// Takes an answer down that was given by phone or on site, also where nobody had asked or the link has ended.
    Survey record(Handle handle, Ticket ticket, SurveyStore.Said said, Actor actor) {
        if (!ticket.state().isSolved()) {
            throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                    + "; customers are asked when it is solved");
        }
        ask(handle, ticket);
        return take(handle, SurveyStore.lockOfTicket(handle, ticket.id()).orElseThrow(), said, actor);
    }

    /// Takes the answer of a customer by link.
    Survey answer(Handle handle, long ticket, SurveyStore.Said said) {
        Survey survey = SurveyStore.lockOfTicket(handle, ticket).orElseThrow(Surveys::nothingAsked);
        if (survey.state() == SurveyState.EXPIRED || !ground.now().isBefore(survey.expiresAt())) {
            throw Problem.conflict("The time to answer ended at " + survey.expiresAt());
        }
        return take(handle, survey, said, Actor.SYSTEM);
    }

    static Problem nothingAsked() {
        return Problem.of(404, "Not found", "Nothing is asked about this case");
    }

    private Survey take(Handle handle, Survey survey, SurveyStore.Said said, Actor actor) {
        if (!survey.state().next().contains(SurveyState.ANSWERED)) {
            throw Problem.conflict("This survey was answered already");
        }
        Instant now = ground.now();
        Survey answered = SurveyStore.answer(handle, survey.id(), said, now);
        Scores scores = said.scores();
        ObjectNode data = Json.object().put("survey", Long.toString(survey.id())).put("way", said.way());
        data.set("scores", Json.tree(scores));
        cases.note(handle, survey.ticket(), actor,
                new Note(now, "survey", "The customer answered by " + said.way(), data));
        if (scores.isLow()) {
            displeased.tell(handle, survey.id(), survey.ticket(), scores.words());
        }
        return answered;
    }
}
