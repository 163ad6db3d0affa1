package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Standard procedures as versioned documents (R91). An edition is in force when somebody other than its author approved
/// it; until then the one before it is.
final class Runbooks {
    private static final String SELECT = """
            SELECT r.*, e.edition, e.steps, e.author, e.written_at, e.approver, e.approved_at FROM service.runbook r
            JOIN service.runbook_edition e ON e.runbook = r.id
            """;

    private final DeskGround ground;

    Runbooks(DeskGround ground) {
        this.ground = ground;
    }

    /// One thing to do.
    ///
    /// @param expect what shows that it is as it should be
    record Step(String zh, String en, @Nullable String expect) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Runbook(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, String name,
            int edition,
            List<Step> steps, String author, Instant writtenAt, @Nullable String approver,
            @Nullable Instant approvedAt, boolean retired, Instant reviseBy) {}

    private record Draft(@Nullable String name, List<Step> steps, @Nullable Instant reviseBy,
            @Nullable Boolean retired) {}

    void bind(Operations operations) {
        operations.on("addRunbook", this::add).on("listRunbooks", this::list).on("getRunbook", this::get)
                .on("putRunbook", this::put).on("approveRunbook", this::approve);
    }

    private Response add(Request request) {
        Draft asked = request.body(Draft.class);
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            long id = handle.createQuery("""
                    INSERT INTO service.runbook (name, revise_by) VALUES (:name, :revise)
                    ON CONFLICT DO NOTHING RETURNING id""").bind("name", asked.name())
                    .bind("revise", Objects.requireNonNullElseGet(asked.reviseBy(),
                            () -> now.plus(KnowledgeRoom.REVISE_AFTER)))
                    .mapTo(Long.class).findOne()
                    .orElseThrow(() -> Problem.conflict("There is a runbook " + asked.name() + " already"));
            addEdition(handle, id, 1, asked.steps(), request.principal().name(), now);
            return changed(handle, request, "runbook.write", id, 201);
        });
    }

    private Response put(Request request) {
        Draft asked = request.body(Draft.class);
        return ground.database().inTransaction(handle -> {
            Runbook newest = locked(handle, request);
            touch(handle, newest.id(), Boolean.TRUE.equals(asked.retired()),
                    Objects.requireNonNullElse(asked.reviseBy(), newest.reviseBy()));
            addEdition(handle, newest.id(), newest.edition() + 1, asked.steps(), request.principal().name(),
                    ground.now());
            return changed(handle, request, "runbook.write", newest.id(), 200);
        });
    }

    private Response approve(Request request) {
        return ground.database().inTransaction(handle -> {
            Runbook newest = locked(handle, request);
            if (newest.approver() != null) {
                throw Problem.conflict("Edition " + newest.edition() + " is approved already");
            }
            if (newest.author().equals(request.principal().name())) {
                throw Problem.conflict(
                        "Somebody else than " + newest.author() + ", who wrote it, has to approve it");
            }
            handle.createUpdate("""
                    UPDATE service.runbook_edition SET approver = :person, approved_at = :now
                    WHERE runbook = :id AND edition = :edition""").bind("person", request.principal().name())
                    .bind("now", ground.now()).bind("id", newest.id()).bind("edition", newest.edition())
                    .execute();
            touch(handle, newest.id(), newest.retired(), newest.reviseBy());
            return changed(handle, request, "runbook.approve", newest.id(), 200);
        });
    }

    private Response list(Request request) {
        List<Runbook> rows = ground.database().jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                SELECT + """
                                        WHERE NOT r.retired AND r.id > :after
                                          AND e.edition = (SELECT max(x.edition) FROM service.runbook_edition x WHERE x.runbook = r.id)
                                        ORDER BY r.id LIMIT :limit""")
                        .bind("after", request.cursorNumber().orElse(0L))
                        .bind("limit", request.limit() + 1).map((row, _) -> runbook(row)).list());
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response get(Request request) {
        Runbook newest = ground.database().jdbi()
                .withHandle(handle -> newest(handle, Long.parseLong(request.path("id"))))
                .orElseThrow(() -> Problem.notFound("runbook", request.path("id")));
        return Response.versioned(newest, newest.version());
    }

    /// The edition in force.
    static Optional<Runbook> inForce(Handle handle, long id) {
        return handle.createQuery(SELECT + """
                WHERE r.id = :id AND NOT r.retired AND e.approver IS NOT NULL
                ORDER BY e.edition DESC LIMIT 1""").bind("id", id).map((row, _) -> runbook(row)).findOne();
    }

    static Runbook edition(Handle handle, long id, int edition) {
        return handle.createQuery(SELECT + "WHERE r.id = :id AND e.edition = :edition").bind("id", id)
                .bind("edition", edition).map((row, _) -> runbook(row)).one();
    }

    private static Optional<Runbook> newest(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE r.id = :id ORDER BY e.edition DESC LIMIT 1").bind("id", id)
                .map((row, _) -> runbook(row)).findOne();
    }

    private static Runbook locked(Handle handle, Request request) {
        int version = request.ifMatch();
        long id = Long.parseLong(request.path("id"));
        handle.createQuery("SELECT id FROM service.runbook WHERE id = :id FOR UPDATE").bind("id", id)
                .mapTo(Long.class).findOne();
        Runbook newest = newest(handle, id)
                .orElseThrow(() -> Problem.notFound("runbook", request.path("id")));
        if (newest.version() != version) {
            throw Problem.staleVersion("runbook", request.path("id"), newest.version());
        }
        return newest;
    }

    private static void touch(Handle handle, long id, boolean retired, Instant revise) {
        handle.createUpdate("""
                UPDATE service.runbook SET version = version + 1, retired = :retired, revise_by = :revise,
                    told_at = CASE WHEN revise_by = :revise THEN told_at END WHERE id = :id""").bind("id", id)
                .bind("retired", retired).bind("revise", revise).execute();
    }

    private static void addEdition(Handle handle, long id, int edition, List<Step> steps, String author,
            Instant now) {
        handle.createUpdate("""
                INSERT INTO service.runbook_edition (runbook, edition, steps, author, written_at)
                VALUES (:id, :edition, :steps::jsonb, :author, :now)""").bind("id", id)
                .bind("edition", edition)
                .bind("steps", Json.text(steps)).bind("author", author).bind("now", now).execute();
    }

    private static Response changed(Handle handle, Request request, String action, long id, int status) {
        Runbook runbook = newest(handle, id).orElseThrow();
        Audit.append(handle, new Audit.Entry(request.principal(), action, "runbook/" + id,
                Json.object().put("name", runbook.name()).put("edition", runbook.edition()),
                request.address()));
        return new Response(status, runbook, Map.of("Location", "/api/v1/runbooks/" + id))
                .withVersion(runbook.version());
    }

    private static Runbook runbook(ResultSet row) throws SQLException {
        return new Runbook(row.getLong("id"), row.getInt("version"), row.getString("name"),
                row.getInt("edition"),
                Json.read(row.getString("steps"), new TypeReference<List<Step>>() {
                }), row.getString("author"),
                Columns.time(row, "written_at"), row.getString("approver"),
                Columns.instant(row, "approved_at"),
                row.getBoolean("retired"), Columns.time(row, "revise_by"));
    }
}
