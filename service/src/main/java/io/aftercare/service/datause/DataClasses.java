package io.aftercare.service.datause;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The register of what data is held (R73). Whoever changes an entry takes its approval away.
final class DataClasses {
    private final DeskGround ground;

    DataClasses(DeskGround ground) {
        this.ground = ground;
    }

    private record Entry(String level, String place, String purpose, String retention) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DataClass(String id, int version, String level, String place, String purpose, String retention,
            String enteredBy, @Nullable String approvedBy, @Nullable Instant approvedAt) {}

    void bind(Operations operations) {
        operations.on("listDataClasses", this::list).on("putDataClass", this::put)
                .on("approveDataClass", this::approve);
    }

    private Response list(Request request) {
        List<DataClass> all = ground.database().jdbi().withHandle(handle -> handle
                .createQuery("SELECT * FROM service.data_class ORDER BY id LIMIT 1000")
                .map((row, _) -> read(row)).list());
        return Response.ok(new Page<>(all, null));
    }

    private Response put(Request request) {
        Entry asked = request.body(Entry.class);
        String id = request.path("id");
        return ground.database().inTransaction(handle -> {
            Optional<DataClass> before = find(handle, id, true);
            if (before.isPresent()) {
                requireVersion(before.get(), request.ifMatch());
            }
            handle.createUpdate("""
                    INSERT INTO service.data_class AS old (id, level, place, purpose, retention, entered_by)
                    VALUES (:id, :level, :place, :purpose, :retention, :by)
                    ON CONFLICT (id) DO UPDATE SET version = old.version + 1, level = excluded.level,
                        place = excluded.place, purpose = excluded.purpose, retention = excluded.retention,
                        entered_by = excluded.entered_by, approved_by = NULL, approved_at = NULL""")
                    .bind("id", id)
                    .bind("level", asked.level()).bind("place", asked.place())
                    .bind("purpose", asked.purpose())
                    .bind("retention", asked.retention()).bind("by", request.principal().name()).execute();
            return changed(handle, request, "data-class.put", id);
        });
    }

    private Response approve(Request request) {
        String id = request.path("id");
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            DataClass before = find(handle, id, true)
                    .orElseThrow(() -> Problem.notFound("class of data", id));
            requireVersion(before, version);
            if (before.enteredBy().equals(request.principal().name())) {
                throw Problem.conflict(
                        "Somebody else than " + before.enteredBy() + ", who entered it, has to approve it");
            }
            handle.createUpdate("""
                    UPDATE service.data_class SET version = version + 1, approved_by = :by, approved_at = :now
                    WHERE id = :id""").bind("id", id).bind("by", request.principal().name())
                    .bind("now", ground.now()).execute();
            return changed(handle, request, "data-class.approve", id);
        });
    }

    /// Those of these classes that nobody approved, or that are not in the register.
    static List<String> unapproved(Handle handle, List<String> classes) {
        List<String> approved = handle.createQuery("""
                SELECT id FROM service.data_class WHERE id = ANY(:ids) AND approved_by IS NOT NULL""")
                .bind("ids", classes.toArray(String[]::new)).mapTo(String.class).list();
        return classes.stream().filter(id -> !approved.contains(id)).toList();
    }

    private static void requireVersion(DataClass before, int version) {
        if (before.version() != version) {
            throw Problem.staleVersion("class of data", before.id(), before.version());
        }
    }

    private static Response changed(Handle handle, Request request, String action, String id) {
        DataClass after = find(handle, id, false).orElseThrow();
        Audit.append(handle,
                new Audit.Entry(request.principal(), action, "data-class/" + id, Json.tree(after),
                        request.address()));
        return Response.versioned(after, after.version());
    }

    private static Optional<DataClass> find(Handle handle, String id, boolean lock) {
        return handle
                .createQuery("SELECT * FROM service.data_class WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> read(row)).findOne();
    }

    private static DataClass read(ResultSet row) throws SQLException {
        return new DataClass(row.getString("id"), row.getInt("version"), row.getString("level"),
                row.getString("place"), row.getString("purpose"), row.getString("retention"),
                row.getString("entered_by"), row.getString("approved_by"),
                Columns.instant(row, "approved_at"));
    }
}
