package io.aftercare.service.complaint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.complaint.Complaint.Grievance;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Logs complaints and carries out on them what [ComplaintFlow] decides: the complaint, its history, what the customer and
/// the manager are told, and the audit entry. Works in the caller's transaction, which has locked the complaint.
final class ComplaintDesk {
    private final DeskGround ground;
    private final Cases cases;

    ComplaintDesk(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    Complaint log(Handle handle, Grievance grievance, @Nullable String owner, Actor actor) {
        Instant now = grievance.loggedAt();
        Complaint complaint = ComplaintStore.insert(handle, grievance, owner);
        ComplaintStore.note(handle, complaint.id(), new ComplaintStore.Entry(now, "logged", actor.name(),
                grievance.title(), false));
        noteCase(handle, complaint, actor, "Complaint " + complaint.number() + ": " + grievance.title());
        if (grievance.isMajor()) {
            tellManager(handle, complaint);
        }
        audit(handle, complaint, "complaint.log", actor, Json.object().put("class", grievance.kind())
                .put("severity", grievance.severity()));
        return complaint;
    }

    /// @param tell whether the customer is told, where there is a case to tell it by
    Complaint apply(Handle handle, Complaint before, ComplaintEvent event, Actor actor, boolean tell) {
        List<CorrectiveAction> actions = ActionStore.of(handle, before.id());
        return switch (ComplaintFlow.next(before, actions, event, ground.now())) {
            case ComplaintFlow.Outcome.Refused refused -> throw Problem.conflict(refused.why());
            case ComplaintFlow.Outcome.Done done -> {
                Complaint after = ComplaintStore.update(handle, done.complaint());
                boolean told = tell && after.grievance().ticket() != null;
                long entry = ComplaintStore.note(handle, after.id(), new ComplaintStore.Entry(ground.now(),
                        done.kind(), actor.name(), done.text(), told));
                if (told) {
                    tellCustomer(handle, after, entry, event instanceof ComplaintEvent.Answer, done.text());
                }
                if (after.grievance().isMajor() && !before.grievance().isMajor()) {
                    tellManager(handle, after);
                }
                audit(handle, after, "complaint." + done.kind(), actor,
                        Json.object().put("from", before.state().text()).put("to", after.state().text()));
                yield after;
            }
        };
    }

    /// Writes what happened to a corrective action.
    void note(Handle handle, Complaint complaint, String kind, String text, Actor actor) {
        ComplaintStore.note(handle, complaint.id(),
                new ComplaintStore.Entry(ground.now(), kind, actor.name(), text, false));
        audit(handle, complaint, "complaint." + kind, actor, Json.object().put("text", text));
    }

    private void noteCase(Handle handle, Complaint complaint, Actor actor, String text) {
        String ticket = complaint.grievance().ticket();
        if (ticket != null) {
            cases.note(handle, Long.parseLong(ticket), actor, new Note(ground.now(), "complaint", text,
                    Json.object().put("complaint", complaint.number())
                            .put("title", complaint.grievance().title())));
        }
    }

    // R55: a major complaint goes to the manager.
    private static void tellManager(Handle handle, Complaint complaint) {
        Outbox.append(handle, "notice.staff", "complaint/" + complaint.id() + "/major", Json.object()
                .put("role", "coordinator").put("template", "complaint-major")
                .put("ticket", complaint.grievance().ticket()).set("params", params(complaint)));
    }

    private static void tellCustomer(Handle handle, Complaint complaint, long entry, boolean isAnswer,
            String text) {
        Outbox.append(handle, "notice.customer", "complaint/" + complaint.id() + "/" + entry, Json.object()
                .put("ticket", complaint.grievance().ticket())
                .put("template", isAnswer ? "complaint-answered" : "complaint-progress")
                .set("params", params(complaint).put("text", text)));
    }

    private static ObjectNode params(Complaint complaint) {
        return Json.object().put("complaint", complaint.number()).put("subject",
                complaint.grievance().title());
    }

    private static void audit(Handle handle, Complaint complaint, String action, Actor actor,
            ObjectNode detail) {
        Audit.append(handle, new Audit.Entry(actor.principal(), action, "complaint/" + complaint.id(), detail,
                actor.address()));
    }
}
