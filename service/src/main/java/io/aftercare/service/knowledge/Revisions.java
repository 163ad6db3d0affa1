package io.aftercare.service.knowledge;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What has to be looked through again (R91): articles, canned answers and runbooks each have a date; who keeps quality is
/// reminded when it has come.
final class Revisions {
    private static final int BATCH_MAX = 100;
    private static final String DUE = """
            SELECT 'article' AS kind, a.id, e.en_title AS name, a.revise_by, a.told_at FROM service.article a
            JOIN service.article_edition e ON e.article = a.id AND e.state = 'published'
            UNION ALL SELECT 'canned-answer', id, key, revise_by, told_at FROM service.canned_answer WHERE NOT retired
            UNION ALL SELECT 'runbook', id, name, revise_by, told_at FROM service.runbook WHERE NOT retired""";

    private final DeskGround ground;

    Revisions(DeskGround ground) {
        this.ground = ground;
    }

    private record Due(String kind, String id, String name, Instant reviseBy) {}

    void bind(Operations operations) {
        operations.on("listRevisions", this::list);
    }

    private Response list(Request request) {
        return Response.ok(new Page<>(ground.database().jdbi()
                .withHandle(handle -> due(handle, "true", request.limit())), null));
    }

    /// @return whether there may be more
    boolean remind() {
        return ground.database().inTransaction(handle -> {
            List<Due> due = due(handle, "told_at IS NULL", BATCH_MAX);
            due.forEach(one -> tell(handle, one));
            return due.size() == BATCH_MAX;
        });
    }

    private void tell(Handle handle, Due due) {
        handle.createUpdate(
                "UPDATE service." + due.kind().replace('-', '_') + " SET told_at = :now WHERE id = :id")
                .bind("now", ground.now()).bind("id", Long.parseLong(due.id())).execute();
        Outbox.append(handle, "notice.staff",
                "revise/" + due.kind() + "/" + due.id() + "/" + due.reviseBy().toEpochMilli(),
                Json.object().put("role", "quality").put("template", "revision-due").set("params",
                        Json.object().put("kind", due.kind()).put("subject", due.name())));
    }

    private List<Due> due(Handle handle, String condition, int limit) {
        return handle
                .createQuery(
                        "SELECT * FROM (" + DUE + ") all_of_them WHERE revise_by <= :now AND " + condition
                                + " ORDER BY revise_by, kind, id LIMIT :limit")
                .bind("now", ground.now()).bind("limit", limit)
                .map((row, _) -> new Due(row.getString(1), row.getString(2), row.getString(3),
                        Columns.time(row, "revise_by")))
                .list();
    }
}
