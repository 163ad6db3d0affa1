package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.Edit;
import io.aftercare.service.ticket.TicketEvent.Ownership;
import io.aftercare.service.ticket.TicketEvent.Retold;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The part of [TicketFlow] that corrects a case: what it says, what kind it is, how much it weighs, whose it is. Pure.
final class EditFlow {
    private EditFlow() {}

    static Outcome edited(Step step, Edit edit) {
        Ticket before = step.ticket();
        Classification judged = before.classification().with(edit.classification());
        if (judged.revises(before.classification()) && edit.reason() == null) {
            return new Outcome.Refused(
                    "Type, impact and urgency have been judged already; say in reason why they change");
        }
        List<String> tags = edit.tagging().of(before.handling().tags());
        if (tags.size() > Tagging.TAGS_MAX) {
            return new Outcome.Refused(
                    "A case has " + Tagging.TAGS_MAX + " tags at most, and these would be " + tags.size());
        }
        tag(step, tags);
        titled(step, edit.title());
        retold(step, edit.retold());
        classify(step, edit.classification(), edit.reason());
        if (edit.priority() != null) {
            prioritise(step, edit.priority(), edit.reason());
        }
        if (edit.improvement() != null) {
            step.note(step.now(), "edit", "Improvement: " + edit.improvement(),
                    Json.object().put("field", "improvement").put("after", edit.improvement()));
            step.become(
                    step.ticket().with(step.ticket().handling().ended(null, null, edit.improvement())));
        }
        return step.done(owned(step, edit.ownership()), false);
    }

    /// Notes what somebody judged; the priority follows impact and urgency.
    static void classify(Step step, Classification told, @Nullable String reason) {
        Classification before = step.ticket().classification();
        Classification after = before.with(told);
        if (after.equals(before)) {
            return;
        }
        ObjectNode data = Json.object();
        data.set("before", Json.tree(before));
        data.set("after", Json.tree(after));
        step.note(step.now(), "classified", Objects.requireNonNullElse(reason, ""), data);
        step.become(step.ticket().with(after));
        if (told.impact() != null && told.impact() != before.impact()
                || told.urgency() != null && told.urgency() != before.urgency()) {
            prioritise(step, after.priority(), reason);
        }
    }

    private static void prioritise(Step step, Priority to, @Nullable String reason) {
        Priority before = step.ticket().progress().priority();
        if (to != before) {
            step.note(step.now(), "edit",
                    "Priority " + before + " → " + to + (reason == null ? "" : ": " + reason),
                    Json.object().put("field", "priority").put("before", before.name())
                            .put("after", to.name()).put("words", reason));
            step.become(step.ticket().with(step.ticket().progress().prioritised(to)));
        }
    }

    private static void tag(Step step, List<String> after) {
        List<String> before = step.ticket().handling().tags();
        if (!after.equals(before)) {
            step.note(step.now(), "edit", "Tags: " + String.join(", ", after),
                    Json.object().put("field", "tags")
                            .put("before", String.join(", ", before)).put("after", String.join(", ", after)));
            step.become(step.ticket().with(step.ticket().handling().tagged(after)));
        }
    }

    private static void titled(Step step, @Nullable String title) {
        Report report = step.ticket().report();
        if (title != null && !title.equals(report.title())) {
            step.note(step.now(), "edit", "Title: " + title, Json.object().put("field", "title")
                    .put("before", report.title()).put("after", title));
            step.become(step.ticket().with(report.titled(title)));
        }
    }

    private static void retold(Step step, @Nullable Retold told) {
        Report before = step.ticket().report();
        Report after = told == null
                ? before
                : before.retold(told.description(), told.symptom(), told.intake());
        if (!after.equals(before)) {
            ObjectNode data = Json.object().put("field", "report");
            data.set("before", Json.tree(before.intake()));
            data.set("after", Json.tree(after.intake()));
            data.put("symptom", after.symptom()).put("description", after.description());
            step.note(step.now(), "edit", "What was reported", data);
            step.become(step.ticket().with(after));
        }
    }

    private static boolean owned(Step step, @Nullable Ownership ownership) {
        if (ownership == null || Objects.equals(ownership.owner(), step.ticket().progress().owner())) {
            return false;
        }
        step.become(step.ticket().withDispatch(null));
        step.own(ownership.owner());
        return true;
    }
}
