package io.aftercare.service.datause;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Consents;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Uses of data beyond a case (R74): asked for by one, allowed by another for a time, exported within it, and then only of those
/// customers who agreed.
final class DataUses {
    private static final int CUSTOMERS_MAX = 100_000;

    private final DeskGround ground;

    DataUses(DeskGround ground) {
        this.ground = ground;
    }

    private record Ask(String purpose, List<String> classes, Instant until) {}

    private record Decision(boolean approve, String reason) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record DataUse(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, String purpose,
            List<String> classes,
            Instant until, String askedBy, Instant askedAt, String state, @Nullable String reason,
            @Nullable String decidedBy, @Nullable Instant decidedAt) {}

    /// A customer in an export: under the pseudonym, without the person.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Line(String customer, String grade, @Nullable String locale, List<String> products,
            int cases) {}

    void bind(Operations operations) {
        operations.on("askDataUse", this::ask).on("listDataUses", this::list)
                .on("decideDataUse", this::decide)
                .on("exportDataUse", this::export);
    }

    private Response ask(Request request) {
        Ask asked = request.body(Ask.class);
        if (!asked.until().isAfter(ground.now())) {
            throw Problem.invalid("until", "it has to lie in the future");
        }
        return ground.database().inTransaction(handle -> {
            long id = handle.createQuery("""
                    INSERT INTO service.data_use (purpose, classes, until, asked_by, asked_at)
                    VALUES (:purpose, :classes, :until, :by, :now) RETURNING id""")
                    .bind("purpose", asked.purpose())
                    .bind("classes", asked.classes().toArray(String[]::new)).bind("until", asked.until())
                    .bind("by", request.principal().name()).bind("now", ground.now()).mapTo(Long.class).one();
            audit(handle, request, "data-use.ask", id, asked.purpose());
            return Response.created("/api/v1/data-uses/" + id, find(handle, id, false).orElseThrow());
        });
    }

    private Response list(Request request) {
        List<DataUse> rows = ground.database().jdbi().withHandle(handle -> handle.createQuery("""
                SELECT * FROM service.data_use WHERE id < :before ORDER BY id DESC LIMIT :limit""")
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                .bind("limit", request.limit() + 1)
                .map((row, _) -> read(row)).list());
        return Response.ok(Page.of(rows, request.limit(), use -> Long.toString(use.id())));
    }

    private Response decide(Request request) {
        Decision asked = request.body(Decision.class);
        long id = Long.parseLong(request.path("id"));
        return ground.database().inTransaction(handle -> {
            DataUse use = find(handle, id, true)
                    .orElseThrow(() -> Problem.notFound("use of data", request.path("id")));
            if (!use.state().equals("asked")) {
                throw Problem.conflict("It is " + use.state() + " already");
            }
            if (use.askedBy().equals(request.principal().name())) {
                throw Problem.conflict("Somebody else than " + use.askedBy() + ", who asked, has to decide");
            }
            List<String> unapproved = DataClasses.unapproved(handle, use.classes());
            if (asked.approve() && !unapproved.isEmpty()) {
                throw Problem.conflict("How these classes of data are held is not approved: "
                        + String.join(", ", unapproved));
            }
            handle.createUpdate("""
                    UPDATE service.data_use SET approved = :approved, reason = :reason, decided_by = :by,
                        decided_at = :now WHERE id = :id""").bind("id", id).bind("approved", asked.approve())
                    .bind("reason", asked.reason()).bind("by", request.principal().name())
                    .bind("now", ground.now()).execute();
            audit(handle, request, asked.approve() ? "data-use.approve" : "data-use.refuse", id,
                    asked.reason());
            return Response.ok(find(handle, id, false).orElseThrow());
        });
    }

    private Response export(Request request) {
        long id = Long.parseLong(request.path("id"));
        return ground.database().inTransaction(handle -> {
            DataUse use = find(handle, id, false)
                    .orElseThrow(() -> Problem.notFound("use of data", request.path("id")));
            if (!use.state().equals("approved")) {
                throw Problem
                        .conflict("This use of data is " + use.state() + "; nothing is given out for it");
            }
            List<Line> lines = lines(handle);
            audit(handle, request, "data-use.export", id, lines.size() + " customers");
            return Response.ok(new Page<>(lines, null));
        });
    }

    private static List<Line> lines(Handle handle) {
        return handle
                .createQuery(
                        """
                                SELECT c.id, c.grade, c.locale, array_remove(array_agg(DISTINCT d.model), NULL) AS products,
                                    count(DISTINCT t.id) AS cases
                                FROM service.customer c
                                LEFT JOIN service.customer_contact told ON told.customer = c.id
                                LEFT JOIN service.ticket t ON t.contact = told.contact
                                LEFT JOIN fleet.device d ON d.id = t.device
                                WHERE c.merged_into IS NULL AND c.erased_at IS NULL AND (SELECT x.given FROM service.customer_consent x
                                    JOIN service.customer f ON f.id = x.customer
                                    WHERE (f.id = c.id OR f.merged_into = c.id) AND x.purpose = :purpose ORDER BY x.id DESC LIMIT 1)
                                GROUP BY c.id ORDER BY c.id LIMIT :limit""")
                .bind("purpose", Consents.DATA_USE)
                .bind("limit", CUSTOMERS_MAX)
                .map((row, _) -> new Line(row.getString(1), row.getString(2), row.getString(3),
                        Columns.texts(row, "products"), row.getInt(5)))
                .list();
    }

    private Optional<DataUse> find(Handle handle, long id, boolean lock) {
        return handle
                .createQuery("SELECT * FROM service.data_use WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> read(row)).findOne();
    }

    private DataUse read(ResultSet row) throws SQLException {
        Instant until = Columns.time(row, "until");
        Boolean approved = Columns.truth(row, "approved");
        String state = approved == null
                ? "asked"
                : !approved ? "refused" : until.isAfter(ground.now()) ? "approved" : "expired";
        return new DataUse(row.getLong("id"), row.getString("purpose"), Columns.texts(row, "classes"), until,
                row.getString("asked_by"), Columns.time(row, "asked_at"), state, row.getString("reason"),
                row.getString("decided_by"), Columns.instant(row, "decided_at"));
    }

    private static void audit(Handle handle, Request request, String action, long id, String text) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "data-use/" + id,
                Json.object().put("text", text), request.address()));
    }
}
