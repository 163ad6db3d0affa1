package io.aftercare.service.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Takes down what is to be told: from the outbox (`notice.customer`, `notice.staff`, `notice.person`), and what follows from a case by
/// itself. Each key once. Works in the caller's transaction.
final class Inbox {
    /// Answers to what the customer did just now; they may come at night.
    private static final Set<String> AT_ONCE = Set.of(Notice.PERSONAL, "case-received", "message-received");
    private static final int STAFF_MAX = 200;

    private final Cases cases;
    private final Phrases phrases;
    private final CustomerLanguage languages;
    private final NoticeConfig config;
    private final DeskGround ground;
    private final Events events;

    Inbox(DeskGround ground, Cases cases, Phrases phrases, CustomerLanguage languages, NoticeConfig config) {
        this.ground = ground;
        this.events = ground.events();
        this.cases = cases;
        this.phrases = phrases;
        this.languages = languages;
        this.config = config;
    }

    /// `notice.customer`: `{"ticket","template","params"}`.
    void customer(Handle handle, String key, JsonNode payload) {
        cases.find(handle, payload.path("ticket").asLong()).ifPresent(ticket -> toCustomer(handle, ticket,
                "customer/" + key, payload.path("template").asText(), payload.path("params")));
    }

    /// Writes to the customer of a case; one who left no address finds it on the page all the same.
    void toCustomer(Handle handle, Ticket ticket, String key, String template, JsonNode params) {
        String contact = ticket.report().contact();
        if (contact == null) {
            return;
        }
        Instant now = ground.now();
        boolean known = phrases.knows(template);
        NoticeStore.add(handle, new NoticeStore.Draft(key, ticket.id(), Notice.CUSTOMER, contact, Notice.MAIL,
                template, languages.of(handle, ticket), params.isObject() ? params : Json.object(),
                known ? NoticeState.QUEUED : NoticeState.FAILED,
                known ? "" : "there is no template " + template,
                AT_ONCE.contains(template) ? now : config.afterQuiet(now)), now);
    }

    /// `notice.staff`: `{"users","role","template","ticket","params"}`.
    void staff(Handle handle, String key, JsonNode payload) {
        JsonNode ticket = payload.path("ticket");
        Long id = ticket.isMissingNode() || ticket.isNull() ? null : ticket.asLong();
        for (String name : people(handle, payload)) {
            one(handle, key, name, id, payload);
        }
    }

    /// `notice.person`: `{"addressee","language","template","params"}`, to somebody without a case.
    void person(Handle handle, String key, JsonNode payload) {
        Instant now = ground.now();
        NoticeStore.add(handle, new NoticeStore.Draft("person/" + key, null, Notice.CUSTOMER,
                payload.path("addressee").asText(), Notice.MAIL, payload.path("template").asText(),
                Language.of(payload.path("language").asText()), payload.path("params"), NoticeState.QUEUED,
                "",
                config.afterQuiet(now)), now);
    }

    private void one(Handle handle, String key, String name, @Nullable Long ticket, JsonNode payload) {
        Instant now = ground.now();
        String template = payload.path("template").asText();
        Wishes wishes = Wishes.of(handle, name);
        JsonNode params = payload.path("params").isObject() ? payload.path("params") : Json.object();
        NoticeStore.Draft app = new NoticeStore.Draft("staff/" + key + "/" + name, ticket, Notice.STAFF, name,
                Notice.APP, template, wishes.language(), params, NoticeState.SENT, "", now);
        NoticeStore.add(handle, app, now).ifPresent(id -> handle.afterCommit(() -> events.publish("notice",
                Json.object().put("id", Long.toString(id)).put("template", template)
                        .put("ticket", ticket == null ? null : ticket.toString()),
                reader -> reader.name().equals(name))));
        if (wishes.byMail() && wishes.email() != null && phrases.knows(template)) {
            NoticeStore.add(handle, new NoticeStore.Draft("mail/" + key + "/" + name, ticket, Notice.STAFF,
                    name, Notice.MAIL, template, wishes.language(), params, NoticeState.QUEUED, "", now),
                    now);
        }
    }

    private static List<String> people(Handle handle, JsonNode payload) {
        List<String> users = new ArrayList<>();
        payload.path("users").forEach(user -> users.add(user.asText()));
        String role = payload.path("role").asText("");
        return handle.createQuery("""
                SELECT name FROM fleet.staff WHERE active AND (name = ANY(:users) OR :role = ANY(roles))
                ORDER BY name LIMIT :max""").bind("users", users.toArray(String[]::new)).bind("role", role)
                .bind("max", STAFF_MAX).mapTo(String.class).list();
    }

    /// What a customer is told of a case without anybody asking for it.
    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        if (before == null) {
            if (after.report().origin().isCustomer()) {
                toCustomer(handle, after, "case/" + after.id() + "/received", "case-received", Json.object());
            }
            return;
        }
        if (before.state() == after.state()) {
            return;
        }
        String key = "case/" + after.id() + "/" + after.state().text() + "/" + after.version();
        if (after.state() == TicketState.RESOLVED) {
            String cause = after.progress().rootCause();
            toCustomer(handle, after, key, "case-resolved",
                    Json.object().put("result", cause == null ? "" : cause));
        } else if (after.state() == TicketState.WAITING_CUSTOMER) {
            toCustomer(handle, after, key, "answer-needed", Json.object());
        }
    }
}
