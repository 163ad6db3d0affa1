package io.aftercare.service.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Contacts;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Notices by HTTP (`openapi/service/notice.yaml`).
final class NoticeRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final Inbox inbox;
    private final Writer writer;
    private final Carrier carrier;

    record Asked(String language, @Nullable String email, boolean byMail) {}

    NoticeRoutes(DeskGround ground, Cases cases, Inbox inbox, Writer writer, Carrier carrier) {
        this.ground = ground;
        this.cases = cases;
        this.inbox = inbox;
        this.writer = writer;
        this.carrier = carrier;
    }

    void bind(Operations operations) {
        operations.on("listNotices", this::list).on("readNotice", this::read).on("retryNotice", this::retry)
                .on("getNoticeSettings", this::settings).on("putNoticeSettings", this::putSettings)
                .on("writeToCustomer", this::write);
    }

    private Response list(Request request) {
        boolean mine = request.query("mine").map(Boolean::valueOf).orElse(true);
        Principal reader = request.principal();
        if (!mine && !oversees(reader)) {
            throw Problem.forbidden(
                    "Only coordinators, quality and auditors see what others are told; ask with mine=true");
        }
        long before = request.cursorNumber().orElse(Long.MAX_VALUE);
        int limit = request.limit();
        return Response.ok(ground.database().inTransaction(handle -> {
            List<Notice> found = mine
                    ? NoticeStore.mine(handle, reader.name(), request.query("unread").map(Boolean::valueOf)
                            .orElse(false), before, limit + 1)
                    : NoticeStore.all(handle, request.query("state").orElse(null), before, limit + 1);
            Page<Notice> page = Page.of(found, limit, notice -> Long.toString(notice.id()));
            Language language = Wishes.of(handle, reader.name()).language();
            return new Page<>(page.items().stream().map(notice -> view(handle, notice, language)).toList(),
                    page.next());
        }));
    }

    private static boolean oversees(Principal reader) {
        return reader.has(Role.ADMIN) || reader.has(Role.COORDINATOR) || reader.has(Role.QUALITY)
                || reader.has(Role.AUDITOR);
    }

    private NoticeView view(Handle handle, Notice notice, Language language) {
        Map<String, String> words = writer.shown(handle, notice,
                notice.isCustomers() ? notice.language() : language);
        return NoticeView.of(notice, words.getOrDefault("subject", ""), words.getOrDefault("text", ""));
    }

    private Response read(Request request) {
        long id = id(request);
        ground.database().useTransaction(handle -> {
            if (!NoticeStore.markRead(handle, id, request.principal().name(), ground.now())) {
                throw Problem.notFound("notice", request.path("id"));
            }
        });
        return Response.noContent();
    }

    private Response retry(Request request) {
        long id = id(request);
        return ground.database().inTransaction(handle -> {
            Notice notice = NoticeStore.find(handle, id)
                    .orElseThrow(() -> Problem.notFound("notice", request.path("id")));
            if (!NoticeStore.again(handle, id, ground.now())) {
                throw Problem.conflict("The notice is " + notice.state().text()
                        + "; only one that failed or was suppressed can be tried again");
            }
            Notice after = NoticeStore.find(handle, id).orElseThrow();
            NoticeView view = view(handle, after, after.language());
            Audit.append(handle, new Audit.Entry(request.principal(), "notice.retry", "notice/" + id, null,
                    request.address()));
            return Response.ok(view);
        });
    }

    private Response settings(Request request) {
        Wishes wishes = ground.database().jdbi()
                .withHandle(handle -> Wishes.of(handle, request.principal().name()));
        return Response.versioned(wishes, wishes.version());
    }

    private Response putSettings(Request request) {
        Asked asked = request.body(Asked.class);
        String name = request.principal().name();
        int version = request.ifMatch();
        if (asked.byMail() && asked.email() == null) {
            throw Problem.invalid("email", "an address is needed to be told by mail");
        }
        Wishes wishes = new Wishes(Language.of(asked.language()), asked.email(), asked.byMail(), version);
        return ground.database().inTransaction(handle -> {
            int after = Wishes.put(handle, name, wishes).orElseThrow(() -> Problem
                    .staleVersion("notification settings of", name, Wishes.of(handle, name).version()));
            Audit.append(handle, new Audit.Entry(request.principal(), "notice.settings", "staff/" + name,
                    Json.object().put("byMail", asked.byMail()), request.address()));
            return Response.versioned(Wishes.of(handle, name), after);
        });
    }

    /// A letter that somebody of the desk writes in person.
    private Response write(Request request) {
        String text = request.json().path("text").asText().strip();
        if (text.isEmpty()) {
            throw Problem.invalid("text", "a letter needs more than blanks");
        }
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            if (!carrier.isReady()) {
                throw Problem.conflict(
                        "No mail is configured (AFTERCARE_SMTP_URL); speak with the customer by phone");
            }
            String contact = ticket.report().contact();
            if (contact == null
                    || Contacts.find(handle, contact).filter(one -> one.email() != null).isEmpty()) {
                throw Problem.conflict(ticket.number() + " has no contact with an e-mail address");
            }
            String key = "personal/" + ticket.id() + "/" + UUID.randomUUID();
            JsonNode params = Json.object().put("text", text).put("author", request.principal().name());
            inbox.toCustomer(handle, ticket, key, Notice.PERSONAL, params);
            Audit.append(handle, new Audit.Entry(request.principal(), "ticket.letter",
                    "ticket/" + ticket.id(), null, request.address()));
            return Response.accepted(Json.object().put("state", NoticeState.QUEUED.text()));
        });
    }

    private static long id(Request request) {
        String text = request.path("id");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.notFound("notice", text);
        }
    }
}
