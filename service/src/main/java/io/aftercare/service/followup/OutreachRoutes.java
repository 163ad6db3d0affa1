package io.aftercare.service.followup;

import com.fasterxml.jackson.annotation.JsonFormat;
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
import io.aftercare.service.customer.Consents;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Letters to groups of customers (R67). Only those get one whose newest word on `marketing` was yes when it was sent, and
/// each one once. The letters go by the outbox's `notice.person`, in the customer's language.
final class OutreachRoutes {
    /// Enough for the customers of an installation; the rest is told, never left out in silence.
    private static final int LETTERS_MAX = 20_000;

    private final DeskGround ground;

    OutreachRoutes(DeskGround ground) {
        this.ground = ground;
    }

    private record Words(String subject, String text) {}

    private record NewOutreach(String name, Words zh, Words en, @Nullable String grade,
            @Nullable String product) {}

    /// @param letters how many customers it went to
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Outreach(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, String name,
            Words zh, Words en, String grade, String product, String author, Instant createdAt,
            @Nullable String sentBy, @Nullable Instant sentAt, int letters) {}

    private record Addressee(String customer, String locale) {}

    void bind(Operations operations) {
        operations.on("addOutreach", this::add).on("listOutreaches", this::list)
                .on("sendOutreach", this::send);
    }

    private Response add(Request request) {
        NewOutreach asked = request.body(NewOutreach.class);
        return ground.database().inTransaction(handle -> {
            long id = handle
                    .createQuery(
                            """
                                    INSERT INTO service.outreach (name, zh_subject, zh_text, en_subject, en_text, grade, product,
                                        author, created_at)
                                    VALUES (:name, :zhSubject, :zhText, :enSubject, :enText, :grade, :product, :author, :now)
                                    RETURNING id""")
                    .bind("name", asked.name()).bind("zhSubject", asked.zh().subject())
                    .bind("zhText", asked.zh().text()).bind("enSubject", asked.en().subject())
                    .bind("enText", asked.en().text())
                    .bind("grade", Objects.requireNonNullElse(asked.grade(), ""))
                    .bind("product", Objects.requireNonNullElse(asked.product(), ""))
                    .bind("author", request.principal().name()).bind("now", ground.now()).mapTo(Long.class)
                    .one();
            audit(handle, request, "outreach.add", id, 0);
            Outreach outreach = find(handle, id, false).orElseThrow();
            return Response.created("/api/v1/outreaches/" + id, outreach).withVersion(outreach.version());
        });
    }

    private Response list(Request request) {
        List<Outreach> rows = ground.database().jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT o.*, (SELECT count(*) FROM service.outreach_letter l WHERE l.outreach = o.id) AS letters
                        FROM service.outreach o WHERE o.id < :before ORDER BY o.id DESC LIMIT :limit""")
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                .bind("limit", request.limit() + 1).map((row, _) -> outreach(row)).list());
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response send(Request request) {
        long id = Long.parseLong(request.path("id"));
        return ground.database().inTransaction(handle -> {
            Outreach outreach = find(handle, id, true)
                    .orElseThrow(() -> Problem.notFound("outreach", request.path("id")));
            if (outreach.sentAt() != null) {
                throw Problem.conflict("It was sent at " + outreach.sentAt() + "; make another one");
            }
            if (outreach.author().equals(request.principal().name())) {
                throw Problem.conflict("Somebody else than its author has to send it");
            }
            List<Addressee> addressees = addressees(handle, outreach);
            if (addressees.size() > LETTERS_MAX) {
                throw Problem
                        .conflict("More than " + LETTERS_MAX + " customers; narrow it by grade or product");
            }
            addressees.forEach(addressee -> write(handle, outreach, addressee));
            handle.createUpdate("""
                    UPDATE service.outreach SET version = version + 1, sent_by = :by, sent_at = :now
                    WHERE id = :id""").bind("id", id).bind("by", request.principal().name())
                    .bind("now", ground.now()).execute();
            audit(handle, request, "outreach.send", id, addressees.size());
            return Response.ok(find(handle, id, false).orElseThrow());
        });
    }

    private static List<Addressee> addressees(Handle handle, Outreach outreach) {
        return handle.createQuery("""
                SELECT c.id, coalesce(c.locale, 'zh') FROM service.customer c
                JOIN service.customer_person p ON p.customer = c.id AND p.email IS NOT NULL
                WHERE c.merged_into IS NULL AND c.erased_at IS NULL AND (:grade = '' OR c.grade = :grade)
                  AND (SELECT x.given FROM service.customer_consent x
                       JOIN service.customer f ON f.id = x.customer
                       WHERE (f.id = c.id OR f.merged_into = c.id) AND x.purpose = :purpose
                       ORDER BY x.id DESC LIMIT 1)
                  AND (:product = '' OR EXISTS (SELECT FROM service.ticket t
                       LEFT JOIN service.customer_ticket g ON g.ticket = t.id
                       LEFT JOIN service.customer_contact m ON m.contact = t.contact
                       JOIN fleet.device d ON d.id = t.device
                       WHERE coalesce(g.customer, m.customer) = c.id AND d.model = :product))
                ORDER BY c.id LIMIT :limit""").bind("grade", outreach.grade())
                .bind("product", outreach.product())
                .bind("purpose", Consents.MARKETING).bind("limit", LETTERS_MAX + 1)
                .map((row, _) -> new Addressee(row.getString(1), row.getString(2))).list();
    }

    private static void write(Handle handle, Outreach outreach, Addressee addressee) {
        handle.execute("INSERT INTO service.outreach_letter (outreach, customer) VALUES (?, ?)",
                outreach.id(),
                addressee.customer());
        Words words = addressee.locale().equals("zh") ? outreach.zh() : outreach.en();
        ObjectNode notice = Json.object().put("addressee", addressee.customer())
                .put("language", addressee.locale())
                .put("template", "outreach");
        notice.putObject("params").put("subject", words.subject()).put("text", words.text());
        Outbox.append(handle, "notice.person", "outreach/" + outreach.id() + "/" + addressee.customer(),
                notice);
    }

    private static Optional<Outreach> find(Handle handle, long id, boolean lock) {
        return handle
                .createQuery(
                        """
                                SELECT o.*, (SELECT count(*) FROM service.outreach_letter l WHERE l.outreach = o.id) AS letters
                                FROM service.outreach o WHERE o.id = :id"""
                                + (lock ? " FOR UPDATE" : ""))
                .bind("id", id)
                .map((row, _) -> outreach(row)).findOne();
    }

    private static Outreach outreach(ResultSet row) throws SQLException {
        return new Outreach(row.getLong("id"), row.getInt("version"), row.getString("name"),
                new Words(row.getString("zh_subject"), row.getString("zh_text")),
                new Words(row.getString("en_subject"), row.getString("en_text")), row.getString("grade"),
                row.getString("product"), row.getString("author"), Columns.time(row, "created_at"),
                row.getString("sent_by"), Columns.instant(row, "sent_at"), row.getInt("letters"));
    }

    private static void audit(Handle handle, Request request, String action, long id, int letters) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "outreach/" + id,
                Json.object().put("letters", letters), request.address()));
    }
}
