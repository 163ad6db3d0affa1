package io.aftercare.service.consent;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.DeskGround;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.text.Language;
import io.aftercare.service.text.Throttle;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Consents for remote diagnostics on the customer's page: the token of the link is the proof, and an answer names the words that were
/// shown by their hash.
final class ConsentPage {
    private static final Principal CUSTOMER = new Principal("customer", Set.of(), "", "");

    private final DeskGround ground;
    private final Cases cases;
    private final ConsentWords words;
    private final Throttle answers;

    ConsentPage(DeskGround ground, Cases cases, ConsentWords words) {
        this.ground = ground;
        this.cases = cases;
        this.words = words;
        this.answers = new Throttle(ground.clock(), 60, Duration.ofHours(1));
    }

    private record Answer(String answer, String shown) {
        ConsentEvent event() {
            return switch (answer) {
                case "give" -> ConsentEvent.GIVE;
                case "refuse" -> ConsentEvent.REFUSE;
                case "withdraw" -> ConsentEvent.WITHDRAW;
                default -> throw Problem.invalid("answer", "give, refuse or withdraw");
            };
        }
    }

    /// What the customer sees of it: nobody's name.
    private record Question(String id, ConsentPurpose purpose, ConsentState state, Instant until,
            String wording,
            String shown) {}

    void bind(Operations operations) {
        operations.on("listCustomerRemoteConsents", this::list)
                .on("answerCustomerRemoteConsent", this::answer);
    }

    private Response list(Request request) {
        Language language = language(request);
        return Response.ok(ground.database().inTransaction(handle -> {
            Ticket ticket = cases
                    .find(handle, PortalLinks.caseOf(handle, request.path("token"), ground.now()))
                    .orElseThrow();
            Map<ConsentPurpose, Question> newest = new LinkedHashMap<>();
            ConsentSql.ofTicket(handle, ticket.id()).forEach(
                    one -> newest.put(one.purpose(), question(one, ticket, language)));
            return new Page<>(List.copyOf(newest.values()), null);
        }));
    }

    private Response answer(Request request) {
        Answer answer = request.body(Answer.class);
        ConsentEvent event = answer.event();
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases
                    .lock(handle, PortalLinks.caseOf(handle, request.path("token"), ground.now()))
                    .orElseThrow();
            answers.pass("remote-consent/" + ticket.id());
            RemoteConsent asked = ConsentSql
                    .find(handle, ticket.id(), Long.parseLong(request.path("consent")))
                    .map(one -> one.at(ground.now()))
                    .orElseThrow(() -> Problem.notFound("question", request.path("consent")));
            ConsentWords.Shown shown = words.named(asked, serial(ticket), answer.shown())
                    .orElseThrow(() -> Problem.conflict(
                            "What this page showed is no longer what is asked; read it again before you answer"));
            ConsentState after = ConsentDesk.after(asked, event);
            write(handle, request, asked, after, shown);
            cases.note(handle, ticket.id(), Actor.SYSTEM,
                    new Note(ground.now(), "remote-consent-" + after.text(),
                            "The customer answered on the page: " + asked.purpose().text() + " is "
                                    + after.text(),
                            Json.object().put("purpose", asked.purpose().text()).put("via", "page")));
            // Without the address, which is the customer's personal data.
            Audit.append(handle, CUSTOMER, "remote-consent." + after.text(), "ticket/" + ticket.id(),
                    Json.object().put("consent", Long.toString(asked.id()))
                            .put("purpose", asked.purpose().text())
                            .put("words", shown.shown()));
            return Response
                    .ok(question(ConsentSql.find(handle, ticket.id(), asked.id()).orElseThrow(), ticket,
                            language(request)));
        });
    }

    private void write(Handle handle, Request request, RemoteConsent asked, ConsentState after,
            ConsentWords.Shown shown) {
        if (after == ConsentState.WITHDRAWN) {
            ConsentSql.withdraw(handle, asked.id(), CUSTOMER.name(), ground.now());
        } else {
            ConsentSql.answer(handle, asked.id(), new ConsentSql.Answer(after, "page", CUSTOMER.name(),
                    ground.now(), "", shown.wording(), shown.shown(),
                    Sha256.hex(request.path("token") + " " + request.address())));
        }
    }

    private Question question(RemoteConsent one, Ticket ticket, Language language) {
        ConsentWords.Shown shown = words.of(one, serial(ticket), language);
        return new Question(Long.toString(one.id()), one.purpose(), one.state().at(ground.now(), one.until()),
                one.until(), shown.wording(), shown.shown());
    }

    private static String serial(Ticket ticket) {
        return String.valueOf(ticket.report().serial());
    }

    private static Language language(Request request) {
        return Language.of(request.query("language")
                .orElseGet(() -> request.header("Accept-Language").orElse("zh")));
    }
}
