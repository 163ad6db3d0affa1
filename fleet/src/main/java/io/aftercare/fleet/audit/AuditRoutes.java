package io.aftercare.fleet.audit;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// The record of who did what, for admins and auditors.
public final class AuditRoutes {
    private final AuditLog log;

    public AuditRoutes(Database database) {
        this.log = new AuditLog(database);
    }

    public void bind(Operations operations) {
        operations.on("listAudit", this::list).on("verifyAudit", _ -> Response.ok(log.verify()));
    }

    private Response list(Request request) {
        AuditLog.Filter filter = new AuditLog.Filter(request.query("actor"), request.query("object"),
                request.query("from").map(AuditRoutes::instant));
        return Response.ok(log.list(filter, request.limit(), request.cursorNumber().orElse(null)));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid("from", "a time such as 2026-11-01T00:00:00Z is needed");
        }
    }
}
