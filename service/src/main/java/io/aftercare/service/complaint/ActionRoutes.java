package io.aftercare.service.complaint;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Corrective actions of complaints by HTTP: agreed, done, and checked for their effect by somebody else (R54).
final class ActionRoutes {
    private final DeskGround ground;
    private final ComplaintDesk desk;

    ActionRoutes(DeskGround ground, ComplaintDesk desk) {
        this.ground = ground;
        this.desk = desk;
    }

    private record NewAction(String text, String owner, Instant due) {}

    private record Result(String result) {}

    private record Check(boolean effective, String evidence) {}

    private interface Change {
        /// @return what to write into the history
        String make(Handle handle, CorrectiveAction action);
    }

    void bind(Operations operations) {
        operations.on("addComplaintAction", this::add).on("finishComplaintAction", this::finish)
                .on("checkComplaintAction", this::check);
    }

    private Response add(Request request) {
        NewAction asked = request.body(NewAction.class);
        return ground.database().inTransaction(handle -> {
            Complaint complaint = ComplaintReader.locked(handle, request);
            if (complaint.state() == ComplaintState.CLOSED) {
                throw Problem.conflict(complaint.number() + " is closed");
            }
            ComplaintRoutes.requireStaff(handle, asked.owner());
            ActionStore.add(handle, complaint.id(), asked.text(), asked.owner(), asked.due());
            desk.note(handle, complaint, "action", asked.text() + " (" + asked.owner() + ")",
                    ComplaintRoutes.actor(request));
            return Response.created("/api/v1/complaints/" + complaint.id(),
                    ComplaintView.of(handle, complaint));
        });
    }

    private Response finish(Request request) {
        Result asked = request.body(Result.class);
        return change(request, "action-done", (handle, action) -> {
            if (action.isDone()) {
                throw Problem.conflict("“" + action.text() + "” is done already");
            }
            ActionStore.done(handle, action.id(), asked.result(), request.principal().name(), ground.now());
            return action.text() + ": " + asked.result();
        });
    }

    private Response check(Request request) {
        Check asked = request.body(Check.class);
        return change(request, "action-checked", (handle, action) -> {
            if (!action.isDone()) {
                throw Problem.conflict("“" + action.text() + "” is not done; its effect cannot be seen yet");
            }
            if (action.isBy(request.principal().name())) {
                throw Problem.conflict("Whether it had an effect is for somebody else to judge than "
                        + request.principal().name() + ", who did it");
            }
            ActionStore.checked(handle, action.id(), asked.effective(), asked.evidence(),
                    request.principal().name(), ground.now());
            return action.text() + (asked.effective() ? ": effective, " : ": no effect, ") + asked.evidence();
        });
    }

    private Response change(Request request, String kind, Change change) {
        return ground.database().inTransaction(handle -> {
            Complaint complaint = ComplaintReader.locked(handle, request);
            long id = Long.parseLong(request.path("action"));
            CorrectiveAction action = ActionStore.of(handle, complaint.id()).stream()
                    .filter(one -> one.id() == id).findFirst()
                    .orElseThrow(() -> Problem.notFound("corrective action", Long.toString(id)));
            desk.note(handle, complaint, kind, change.make(handle, action), ComplaintRoutes.actor(request));
            return Response.versioned(ComplaintView.of(handle, complaint), complaint.version());
        });
    }
}
