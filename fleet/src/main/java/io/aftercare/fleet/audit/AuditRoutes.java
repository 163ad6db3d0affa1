package io.aftercare.fleet.audit;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;

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
                request.queryTime("from"));
        return Response.ok(log.list(filter, request.limit(), request.cursorNumber().orElse(null)));
    }
}
