package io.aftercare.service.quote;

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
import io.aftercare.service.quote.Quote.Decision;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What a customer sees and answers by the link of the case, without a login. An answer names the words that were shown by
/// their hash; those words are kept with the time and a hash of the address, which only the link can open: it is part
/// of what is hashed, and is not stored.
final class CustomerRoutes {
    private static final Principal CUSTOMER = new Principal("customer", Set.of(), "", "");

    private final DeskGround ground;
    private final Cases cases;
    private final Quotes quotes;
    private final Wording wording;
    private final PartOffers parts;
    private final CustomerLinks links;

    CustomerRoutes(DeskGround ground, Cases cases, Quotes quotes, Wording wording, PartOffers parts,
            CustomerLinks links) {
        this.ground = ground;
        this.cases = cases;
        this.quotes = quotes;
        this.wording = wording;
        this.parts = parts;
        this.links = links;
    }

    void bind(Operations operations) {
        operations.on("listCustomerQuotes", this::list)
                .on("acceptCustomerQuote", request -> decide(request, true))
                .on("declineCustomerQuote", request -> decide(request, false))
                .on("listCustomerConsents", this::consents).on("answerCustomerConsent", this::answer);
    }

    private Response list(Request request) {
        Language language = language(request);
        return Response.ok(ground.database().inTransaction(handle -> new Page<>(
                QuoteStore.ofTicket(handle, links.caseOf(handle, request.path("token"))).stream()
                        .filter(quote -> quote.state() != QuoteState.DRAFT)
                        .map(quote -> QuoteView.Customers.of(quote, wording.of(quote, language))).toList(),
                null)));
    }

    private Response decide(Request request, boolean accepted) {
        QuoteBodies.Answer answer = request.body(QuoteBodies.Answer.class);
        long id = Long.parseLong(request.path("id"));
        return ground.database().inTransaction(handle -> {
            Ticket ticket = locked(handle, request);
            Quote quote = QuoteStore.find(handle, id)
                    .filter(found -> found.ticket() == ticket.id() && found.state() != QuoteState.DRAFT)
                    .orElseThrow(() -> Problem.notFound("quote", request.path("id")));
            Wording.Shown words = shown(answer.shown(), Arrays.stream(Language.values())
                    .map(one -> wording.of(quote, one)).toList());
            Quote decided = quotes.decide(handle, ticket, quote, accepted,
                    new Decision(ground.now(), "page", CUSTOMER.name(), addressHash(request), words.wording(),
                            answer.note() == null ? "" : answer.note().strip()),
                    Actor.SYSTEM);
            audit(handle, "quote." + decided.state().text(), "quote/" + decided.id(), words);
            return Response.ok(QuoteView.Customers.of(decided, words));
        });
    }

    /// A part about which the customer is asked, or has answered.
    private record Question(String part, String nameZh, String nameEn, Consent.State state, String why,
            String wording, String shown) {}

    private Response consents(Request request) {
        Language language = language(request);
        return Response.ok(ground.database().inTransaction(handle -> {
            long ticket = links.caseOf(handle, request.path("token"));
            return new Page<>(ConsentStore.current(handle, ticket).stream()
                    .map(consent -> question(handle, ticket, consent, language)).toList(), null);
        }));
    }

    private Response answer(Request request) {
        QuoteBodies.Agreeing body = request.body(QuoteBodies.Agreeing.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = locked(handle, request);
            Consent asked = ConsentStore.current(handle, ticket.id(), body.part())
                    .filter(consent -> consent.state() == Consent.State.ASKED)
                    .orElseThrow(() -> Problem.conflict("Nobody asks about part " + body.part() + " now"));
            PartOffers.Offer part = parts.find(handle, asked.part()).orElseThrow();
            Wording.Shown words = shown(body.shown(), Arrays.stream(Language.values())
                    .map(one -> wording.ofPart(part, asked.note(), one)).toList());
            Instant now = ground.now();
            quotes.answer(handle, ticket,
                    new Consent(0, ticket.id(), part.code(), Consent.State.answered(body.granted()), now,
                            "page",
                            CUSTOMER.name(), "", words.wording(), addressHash(request)),
                    Actor.SYSTEM);
            audit(handle, "consent.answer", "ticket/" + ticket.id(), words);
            return Response.ok(question(handle, ticket.id(),
                    ConsentStore.current(handle, ticket.id(), part.code()).orElseThrow(), language(request)));
        });
    }

    private Question question(Handle handle, long ticket, Consent consent, Language language) {
        PartOffers.Offer part = parts.find(handle, consent.part()).orElseThrow();
        Optional<Consent> asked = ConsentStore.ofTicket(handle, ticket).reversed().stream()
                .filter(one -> one.part().equals(consent.part()) && one.state() == Consent.State.ASKED)
                .findFirst();
        String why = asked.map(Consent::note).orElse("");
        Wording.Shown words = wording.ofPart(part, why, language);
        return new Question(part.code(), part.nameZh(), part.nameEn(), consent.state(), why, words.wording(),
                words.shown());
    }

    private Ticket locked(Handle handle, Request request) {
        return cases.lock(handle, links.caseOf(handle, request.path("token"))).orElseThrow();
    }

    /// The words that the page showed, in whichever language.
    private static Wording.Shown shown(String hash, List<Wording.Shown> candidates) {
        return candidates.stream().filter(words -> words.shown().equals(hash)).findFirst()
                .orElseThrow(() -> Problem.conflict(
                        "What this page showed is no longer what is asked; read it again before you answer"));
    }

    private static Language language(Request request) {
        return Language.of(request.query("language")
                .orElseGet(() -> request.header("Accept-Language").orElse("zh")));
    }

    private static String addressHash(Request request) {
        return Sha256.hex(request.path("token") + " " + request.address());
    }

    // Without the address, which is the customer's personal data.
    private static void audit(Handle handle, String action, String object, Wording.Shown words) {
        Audit.append(handle, CUSTOMER, action, object, Json.object().put("shown", words.shown()));
    }
}
