package io.aftercare.service.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Letters that came in, by HTTP (`openapi/service/mail.yaml`).
final class MailRoutes {
    private final Database database;

    /// @param raw whether the bytes are kept, because not all could be read
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record View(String id, String sender, Instant receivedAt, String outcome, String reason,
            @Nullable String ticket, boolean raw) {}

    MailRoutes(Database database) {
        this.database = database;
    }

    void bind(Operations operations) {
        operations.on("listMail", this::list).on("getRawMail", this::raw);
    }

    private Response list(Request request) {
        int limit = request.limit();
        List<View> found = database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id, sender, received_at, outcome, reason, ticket, raw IS NOT NULL FROM service.mail_in
                WHERE id < :before AND (:outcome::text IS NULL OR outcome = :outcome)
                ORDER BY id DESC LIMIT :limit""")
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                .bind("outcome", request.query("outcome").orElse(null)).bind("limit", limit + 1)
                .map((row, _) -> new View(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant(),
                        row.getString(4), row.getString(5), row.getString(6), row.getBoolean(7)))
                .list());
        return Response.ok(Page.of(found, limit, View::id));
    }

    private Response raw(Request request) {
        String id = request.path("id");
        return database.inTransaction(handle -> {
            Optional<byte[]> bytes = id.matches("\\d{1,18}")
                    ? handle.createQuery("SELECT raw FROM service.mail_in WHERE id = :id AND raw IS NOT NULL")
                            .bind("id", Long.parseLong(id)).mapTo(byte[].class).findOne()
                    : Optional.empty();
            Buffer body = Buffer.buffer(bytes.orElseThrow(() -> Problem.notFound("kept letter", id)));
            Audit.append(handle, new Audit.Entry(request.principal(), "mail.read", "mail/" + id, null,
                    request.address()));
            return new Response(200, body, Map.of("Content-Type", "application/octet-stream",
                    "Content-Disposition", "attachment; filename=\"letter-" + id + ".eml\""));
        });
    }
}
