package io.aftercare.service.followup;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Follow-ups by HTTP (`openapi/service/followup.yaml`). Each write is one transaction with its audit entry.
final class FollowUpRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final FollowUps followUps;

    FollowUpRoutes(DeskGround ground, Cases cases, FollowUps followUps) {
        this.ground = ground;
        this.cases = cases;
        this.followUps = followUps;
    }

    private record Plan(String kind, @Nullable String ticket, @Nullable String customer, String reason,
            @Nullable String assignee, Instant due) {}

    private record Result(String result, @Nullable Integer satisfaction) {}

    private record Reason(String reason) {}

    private record Whose(String customer) {}

    void bind(Operations operations) {
        operations.on("planFollowUp", this::plan).on("listFollowUps", this::list)
                .on("moveFollowUp", this::move).on("finishFollowUp", this::finish)
                .on("cancelFollowUp", this::cancel).on("giveTicketToCustomer", this::give);
    }

    private Response plan(Request request) {
        Plan asked = request.body(Plan.class);
        if (asked.ticket() == null && asked.customer() == null) {
            throw Problem.badRequest("Name the case or the customer");
        }
        return ground.database().inTransaction(handle -> {
            Long ticket = asked.ticket() == null
                    ? null
                    : (Long) cases.visible(handle, request.principal(), asked.ticket()).id();
            if (asked.customer() != null && Customers.find(handle, asked.customer()).isEmpty()) {
                throw Problem.invalid("customer", "there is no customer " + asked.customer());
            }
            requireStaff(handle, asked.assignee());
            FollowUp planned = followUps.add(handle, new FollowUp.Wanted(asked.kind(), ticket,
                    asked.customer(), asked.reason(), asked.assignee(), asked.due()), actor(request));
            audit(handle, request, "follow-up.plan", planned);
            return Response.created("/api/v1/follow-ups/" + planned.id(), planned).withVersion(1);
        });
    }

    private Response list(Request request) {
        boolean due = request.query("due").filter("true"::equals).isPresent();
        List<FollowUp> rows = ground.database().jdbi().withHandle(handle -> handle
                .createQuery(
                        """
                                SELECT * FROM service.follow_up
                                WHERE id > :after AND (:state = '' OR state = :state) AND (NOT :due OR state = 'open' AND due <= :now)
                                  AND (:assignee = '' OR assignee = :assignee) AND (:ticket = '' OR ticket::text = :ticket)
                                  AND (:customer = '' OR customer = :customer)
                                ORDER BY id LIMIT :limit""")
                .bind("after", request.cursorNumber().orElse(0L))
                .bind("state", request.query("state").orElse("")).bind("due", due).bind("now", ground.now())
                .bind("assignee", request.query("assignee").orElse(""))
                .bind("ticket", request.query("ticket").orElse(""))
                .bind("customer", request.query("customer").orElse("")).bind("limit", request.limit() + 1)
                .map((row, _) -> FollowUpStore.followUp(row)).list());
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response move(Request request) {
        int version = request.ifMatch();
        JsonNode body = request.json();
        return ground.database().inTransaction(handle -> {
            FollowUp before = open(handle, request);
            if (before.version() != version) {
                throw Problem.staleVersion("follow-up", request.path("id"), before.version());
            }
            String assignee = body.has("assignee")
                    ? body.get("assignee").isNull() ? null : body.get("assignee").asText()
                    : before.assignee();
            requireStaff(handle, assignee);
            Instant due = body.hasNonNull("due")
                    ? Json.convert(body.get("due"), Instant.class)
                    : before.due();
            FollowUp after = FollowUpStore.move(handle, before.id(), due, assignee);
            audit(handle, request, "follow-up.move", after);
            return Response.versioned(after, after.version());
        });
    }

    private Response finish(Request request) {
        Result asked = request.body(Result.class);
        return ground.database().inTransaction(handle -> {
            FollowUp done = followUps.done(handle, open(handle, request), asked.satisfaction(),
                    asked.result(),
                    actor(request));
            audit(handle, request, "follow-up.done", done);
            return Response.versioned(done, done.version());
        });
    }

    private Response cancel(Request request) {
        Reason asked = request.body(Reason.class);
        return ground.database().inTransaction(handle -> {
            FollowUp ended = FollowUpStore.end(handle, open(handle, request).id(), "cancelled", null,
                    asked.reason(), request.principal().name(), ground.now());
            audit(handle, request, "follow-up.cancel", ended);
            return Response.versioned(ended, ended.version());
        });
    }

    private Response give(Request request) {
        Whose asked = request.body(Whose.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            String customer = Customers.find(handle, asked.customer()).orElseThrow(() -> Problem
                    .invalid("customer", "there is no customer " + asked.customer())).id();
            Customers.give(handle, ticket.id(), customer);
            Audit.append(handle,
                    new Audit.Entry(request.principal(), "ticket.customer", "ticket/" + ticket.id(),
                            Json.object().put("customer", customer), request.address()));
            return Response.noContent();
        });
    }

    private static FollowUp open(Handle handle, Request request) {
        FollowUp planned = FollowUpStore.lock(handle, Long.parseLong(request.path("id")))
                .orElseThrow(() -> Problem.notFound("follow-up", request.path("id")));
        if (!planned.isOpen()) {
            throw Problem.conflict("This follow-up is " + planned.state() + " already; plan another one");
        }
        return planned;
    }

    private static void requireStaff(Handle handle, @Nullable String name) {
        boolean known = name == null
                || handle.createQuery("SELECT EXISTS (SELECT FROM fleet.staff WHERE name = :name AND active)")
                        .bind("name", name).mapTo(Boolean.class).one();
        if (!known) {
            throw Problem.invalid("assignee", "there is no active user " + name);
        }
    }

    private static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }

    // The customer's words stay out of the audit, which nobody may erase.
    private static void audit(Handle handle, Request request, String action, FollowUp followUp) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "follow-up/" + followUp.id(),
                Json.object().put("state", followUp.state()).put("ticket", followUp.ticket())
                        .put("satisfaction", followUp.satisfaction()).put("due", followUp.due().toString()),
                request.address()));
    }
}
