package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.ticket.TicketEvent.Comment;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What cases have to tell people by the outbox: coordinators of an escalation (R32, R55), customers of what was written
/// to them. In the transaction that decides it.
final class Notices {
    private Notices() {}

    static void escalated(Handle handle, @Nullable Ticket before, Ticket after) {
        Escalation was = before == null ? null : before.handling().escalation();
        Escalation now = after.handling().escalation();
        if (now == null || was != null && was.times() == now.times()) {
            return;
        }
        ObjectNode told = Json.object().put("ticket", Long.toString(after.id())).put("role", now.to())
                .put("template", "case-escalated");
        told.putNull("users");
        told.putObject("params").put("number", after.number()).put("title", after.report().title())
                .put("priority", after.progress().priority().name()).put("reason", now.reason())
                .put("by", now.by());
        Outbox.append(handle, "notice.staff", "ticket/" + after.id() + "/escalated/" + now.times(), told);
    }

    static void commented(Handle handle, Ticket ticket, TicketEvent event, Actor actor, Instant now) {
        if (event instanceof Comment comment && comment.isPublic() && actor.isPerson()) {
            ObjectNode told = Json.object().put("ticket", Long.toString(ticket.id()))
                    .put("template", "case-comment");
            told.putObject("params").put("number", ticket.number()).put("title", ticket.report().title())
                    .put("text", comment.text());
            Outbox.append(handle, "notice.customer", "ticket/" + ticket.id() + "/comment/" + now, told);
        }
    }
}
