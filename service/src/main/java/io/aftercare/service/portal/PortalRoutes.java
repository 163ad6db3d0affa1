package io.aftercare.service.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import io.aftercare.service.text.Throttle;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/// What a customer does by a link, without a login (`openapi/service/portal.yaml`): the token is the proof.
final class PortalRoutes {
    static final int PHOTO_BYTES_MAX = 8 << 20;

    private final DeskGround ground;
    private final Cases cases;
    private final CustomerCases views;
    private final Languages languages;
    private final CaseFiles files;
    private final Catalogue catalogue;
    private final Throttle looks;
    private final Throttle words;

    PortalRoutes(DeskGround ground, Cases cases, Catalogue catalogue, Languages languages,
            Appointments appointments, CaseFiles files) {
        this.ground = ground;
        this.cases = cases;
        this.languages = languages;
        this.catalogue = catalogue;
        this.files = files;
        this.views = new CustomerCases(cases, catalogue, languages, appointments);
        this.looks = new Throttle(ground.clock(), 240, Duration.ofMinutes(1));
        this.words = new Throttle(ground.clock(), 20, Duration.ofHours(1));
    }

    void bind(Operations operations) {
        operations.on("getCustomerCase", this::get).on("writeAsCustomer", this::write)
                .on("chooseCustomerLanguage", this::language).on("getCustomerTexts", this::texts)
                .onBody("sendCustomerPhoto", this::photo).on("issueCaseLink", this::issue)
                .on("revokeCaseLinks", this::revoke);
    }

    private Response get(Request request) {
        looks.pass(request.address());
        return ground.database().inTransaction(handle -> {
            long id = PortalLinks.caseOf(handle, request.path("token"), ground.now());
            return Response.ok(views.view(handle, cases.find(handle, id).orElseThrow()));
        });
    }

    /// For what changes something: nobody else changes the case meanwhile.
    private Response ofCase(Request request, BiFunction<Handle, Ticket, Response> work) {
        return ground.database().inTransaction(handle -> {
            long id = PortalLinks.caseOf(handle, request.path("token"), ground.now());
            Ticket ticket = cases.lock(handle, id).orElseThrow();
            return work.apply(handle, ticket);
        });
    }

    private Response write(Request request) {
        String text = request.json().path("text").asText().strip();
        if (text.isEmpty()) {
            throw Problem.invalid("text", "a message needs more than blanks");
        }
        return ofCase(request, (handle, ticket) -> {
            words.pass("case/" + ticket.id());
            requireOpen(ticket);
            cases.answered(handle, ticket, text, customer(request));
            tell(handle, ticket);
            return new Response(201, views.view(handle, cases.find(handle, ticket.id()).orElseThrow()),
                    Map.of());
        });
    }

    private void tell(Handle handle, Ticket ticket) {
        String owner = ticket.progress().owner();
        Outbox.append(handle, "notice.staff", "portal/" + ticket.id() + "/" + ground.now().toEpochMilli(),
                Json.object().put("role", owner == null ? "coordinator" : null)
                        .put("template", "customer-wrote").put("ticket", Long.toString(ticket.id()))
                        .set("users", owner == null ? Json.array() : Json.array().add(owner)));
    }

    private static void requireOpen(Ticket ticket) {
        if (ticket.state() == TicketState.CLOSED || ticket.state() == TicketState.CANCELLED) {
            throw Problem.conflict(ticket.number() + " is over; report anew what is not in order");
        }
    }

    private Response photo(Request request, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(PHOTO_BYTES_MAX + 1);
        if (bytes.length > PHOTO_BYTES_MAX) {
            throw Problem.of(413, "Too large", "A photo may have " + (PHOTO_BYTES_MAX >> 20) + " MiB");
        }
        Photo photo = Photo.of(bytes).orElseThrow(() -> Problem.of(415, "Unsupported media type",
                "Send a photo as JPEG, PNG or WebP"));
        long ticket = ground.database().inTransaction(handle -> {
            long id = PortalLinks.caseOf(handle, request.path("token"), ground.now());
            requireOpen(cases.find(handle, id).orElseThrow());
            return id;
        });
        words.pass("photo/" + ticket);
        files.keep(ticket, photo.name(), photo.type(), bytes).ifPresent(why -> {
            throw Problem.conflict(why);
        });
        return Response.noContent();
    }

    private Response language(Request request) {
        Language language = Language.of(request.json().path("language").asText());
        return ofCase(request, (handle, ticket) -> {
            String contact = ticket.report().contact();
            if (contact != null) {
                languages.choose(handle, contact, language);
            }
            return Response.noContent();
        });
    }

    /// The words of the page.
    private Response texts(Request request) {
        Language language = Language.of(request.query("language").orElse("en"));
        ObjectNode texts = Json.object();
        catalogue.keys(language).stream().filter(key -> key.startsWith("portal."))
                .forEach(key -> texts.put(key.substring(7), catalogue.text(language, key)));
        return Response.ok(texts);
    }

    /// For whoever speaks with the customer on the phone.
    private Response issue(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            String token = PortalLinks.issue(handle, ticket.id(), ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "ticket.link", "ticket/" + ticket.id(),
                    null, request.address()));
            return Response.created("/c/" + token,
                    Json.object().put("path", "/c/" + token).put("token", token)
                            .put("expires", ground.now().plus(PortalLinks.VALID).toString()));
        });
    }

    private Response revoke(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            int revoked = PortalLinks.revoke(handle, ticket.id(), ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "ticket.link.revoke",
                    "ticket/" + ticket.id(), Json.object().put("links", revoked), request.address()));
            return Response.ok(Json.object().put("revoked", revoked));
        });
    }

    private static Actor customer(Request request) {
        return new Actor(Principal.SYSTEM, request.address());
    }
}
