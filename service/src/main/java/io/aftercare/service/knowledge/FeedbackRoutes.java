package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What staff say about the program, and what they are answered (R77).
final class FeedbackRoutes {
    private final DeskGround ground;

    FeedbackRoutes(DeskGround ground) {
        this.ground = ground;
    }

    private record Said(String kind, @Nullable String page, String text) {}

    private record Answer(String text) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Feedback(String id, String kind, String page, String text, String person, Instant at,
            @Nullable String answer, @Nullable String answeredBy, @Nullable Instant answeredAt) {}

    void bind(Operations operations) {
        operations.on("giveFeedback", this::give).on("listFeedback", this::list)
                .on("answerFeedback", this::answer);
    }

    private Response give(Request request) {
        Said asked = request.body(Said.class);
        return ground.database().inTransaction(handle -> {
            Feedback kept = handle
                    .createQuery(
                            """
                                    INSERT INTO service.feedback (kind, page, text, person, at) VALUES (:kind, :page, :text, :person, :now)
                                    RETURNING *""")
                    .bind("kind", asked.kind()).bind("page", asked.page() == null ? "" : asked.page())
                    .bind("text", asked.text()).bind("person", request.principal().name())
                    .bind("now", ground.now())
                    .map((row, _) -> feedback(row)).one();
            audit(handle, request, "feedback.give", kept);
            return new Response(201, kept, Map.of());
        });
    }

    private Response list(Request request) {
        List<Feedback> rows = ground.database().jdbi()
                .withHandle(handle -> handle.createQuery("""
                        SELECT * FROM service.feedback WHERE id < :before AND (NOT :open OR answer IS NULL)
                        ORDER BY id DESC LIMIT :limit""")
                        .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                        .bind("open", request.query("open").filter("true"::equals).isPresent())
                        .bind("limit", request.limit() + 1).map((row, _) -> feedback(row)).list());
        return Response.ok(Page.of(rows, request.limit(), Feedback::id));
    }

    private Response answer(Request request) {
        Answer asked = request.body(Answer.class);
        return ground.database().inTransaction(handle -> {
            Feedback answered = handle.createQuery("""
                    UPDATE service.feedback SET answer = :answer, answered_by = :person, answered_at = :now
                    WHERE id = :id AND answer IS NULL RETURNING *""").bind("answer", asked.text())
                    .bind("person", request.principal().name()).bind("now", ground.now())
                    .bind("id", Long.parseLong(request.path("id"))).map((row, _) -> feedback(row)).findOne()
                    .orElseThrow(() -> Problem.conflict("There is no feedback " + request.path("id")
                            + " that waits for an answer"));
            audit(handle, request, "feedback.answer", answered);
            ObjectNode notice = Json.object().put("template", "feedback-answered");
            notice.putArray("users").add(answered.person());
            notice.putObject("params").put("question", answered.text()).put("text", asked.text());
            Outbox.append(handle, "notice.staff", "feedback/" + answered.id() + "/answered", notice);
            return Response.ok(answered);
        });
    }

    private static void audit(Handle handle, Request request, String action, Feedback feedback) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "feedback/" + feedback.id(), null,
                request.address()));
    }

    private static Feedback feedback(ResultSet row) throws SQLException {
        return new Feedback(row.getString("id"), row.getString("kind"), row.getString("page"),
                row.getString("text"),
                row.getString("person"), Columns.time(row, "at"), row.getString("answer"),
                row.getString("answered_by"), Columns.instant(row, "answered_at"));
    }
}
