package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Contact;
import io.aftercare.service.customer.Contacts;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Answers that are written once, in both languages, and filled in from a case (R91).
final class CannedAnswers {
    private static final String SELECT = """
            SELECT c.*, e.edition, e.zh, e.en, e.author, e.written_at FROM service.canned_answer c
            JOIN LATERAL (SELECT * FROM service.canned_answer_edition x WHERE x.answer = c.id
                          ORDER BY x.edition DESC LIMIT 1) e ON true
            """;

    private final DeskGround ground;
    private final Cases cases;

    CannedAnswers(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    private record Draft(@Nullable String key, String zh, String en, @Nullable Instant reviseBy,
            @Nullable Boolean retired) {}

    private record Fill(String ticket, String language) {}

    private record Filled(String text) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Answer(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, String key,
            int edition,
            String zh, String en, String author, Instant writtenAt, boolean retired, Instant reviseBy) {}

    void bind(Operations operations) {
        operations.on("addCannedAnswer", this::add).on("listCannedAnswers", this::list)
                .on("putCannedAnswer", this::put).on("fillCannedAnswer", this::fill);
    }

    private Response add(Request request) {
        Draft asked = request.body(Draft.class);
        requireKnown(asked);
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            long id = handle.createQuery("""
                    INSERT INTO service.canned_answer (key, revise_by) VALUES (:key, :revise)
                    ON CONFLICT DO NOTHING RETURNING id""").bind("key", asked.key())
                    .bind("revise", Objects.requireNonNullElseGet(asked.reviseBy(),
                            () -> now.plus(KnowledgeRoom.REVISE_AFTER)))
                    .mapTo(Long.class).findOne()
                    .orElseThrow(() -> Problem.conflict("There is an answer " + asked.key() + " already"));
            addEdition(handle, id, 1, asked, request.principal().name(), now);
            return written(handle, request, id, 201);
        });
    }

    private Response put(Request request) {
        Draft asked = request.body(Draft.class);
        requireKnown(asked);
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            Answer before = locked(handle, request);
            if (before.version() != version) {
                throw Problem.staleVersion("canned answer", request.path("id"), before.version());
            }
            Instant revise = Objects.requireNonNullElse(asked.reviseBy(), before.reviseBy());
            handle.createUpdate(
                    """
                            UPDATE service.canned_answer SET version = version + 1, retired = :retired, revise_by = :revise,
                                told_at = CASE WHEN revise_by = :revise THEN told_at END WHERE id = :id""")
                    .bind("id", before.id()).bind("retired", Boolean.TRUE.equals(asked.retired()))
                    .bind("revise", revise).execute();
            addEdition(handle, before.id(), before.edition() + 1, asked, request.principal().name(),
                    ground.now());
            return written(handle, request, before.id(), 200);
        });
    }

    private static void addEdition(Handle handle, long id, int edition, Draft asked, String author,
            Instant now) {
        handle.createUpdate("""
                INSERT INTO service.canned_answer_edition (answer, edition, zh, en, author, written_at)
                VALUES (:id, :edition, :zh, :en, :author, :now)""").bind("id", id).bind("edition", edition)
                .bind("zh", asked.zh()).bind("en", asked.en()).bind("author", author).bind("now", now)
                .execute();
    }

    private static Response written(Handle handle, Request request, long id, int status) {
        Answer answer = find(handle, id).orElseThrow();
        Audit.append(handle,
                new Audit.Entry(request.principal(), "canned-answer.write", "canned-answer/" + id,
                        Json.object().put("key", answer.key()).put("edition", answer.edition()),
                        request.address()));
        return new Response(status, answer, Map.of("Location", "/api/v1/canned-answers/" + id))
                .withVersion(answer.version());
    }

    private Response list(Request request) {
        List<Answer> rows = ground.database().jdbi().withHandle(handle -> handle.createQuery(SELECT
                + "WHERE NOT c.retired AND c.key > :after ORDER BY c.key LIMIT :limit")
                .bind("after", Objects.requireNonNullElse(request.cursor(), ""))
                .bind("limit", request.limit() + 1)
                .map((row, _) -> answer(row)).list());
        return Response.ok(Page.of(rows, request.limit(), Answer::key));
    }

    private Response fill(Request request) {
        Fill asked = request.body(Fill.class);
        return ground.database().inTransaction(handle -> {
            Answer answer = find(handle, Long.parseLong(request.path("id"))).filter(one -> !one.retired())
                    .orElseThrow(() -> Problem.notFound("canned answer", request.path("id")));
            Ticket ticket = cases.visible(handle, request.principal(), asked.ticket());
            boolean isChinese = asked.language().equals("zh");
            return Response.ok(new Filled(Placeholders.fill(isChinese ? answer.zh() : answer.en(),
                    values(handle, ticket, isChinese ? "客户" : "customer", request))));
        });
    }

    private Map<String, String> values(Handle handle, Ticket ticket, String anonymous, Request request) {
        String model = Optional.ofNullable(ticket.report().device()).flatMap(ground.devices()::find)
                .map(Device::model).orElse("");
        String owner = Objects.requireNonNullElse(ticket.progress().owner(), "–");
        return Map.of("number", ticket.number(), "title", ticket.report().title(), "device",
                ticket.report().serial(), "model", model, "state", ticket.state().text(),
                "owner", owner,
                "agent", request.principal().name(), "customer",
                name(handle, ticket, request).orElse(anonymous));
    }

    // The name is personal data: its reading is audited as on the case's page.
    private Optional<String> name(Handle handle, Ticket ticket, Request request) {
        String contact = ticket.report().contact();
        if (contact == null) {
            return Optional.empty();
        }
        Optional<String> name = Contacts.find(handle, contact).map(Contact::name);
        if (name.isPresent()
                && Contacts.isNewReading(handle, contact, request.principal().name(), ground.now())) {
            Audit.append(handle, new Audit.Entry(request.principal(), "contact.read", "contact/" + contact,
                    Json.object().put("ticket", ticket.number()), request.address()));
        }
        return name;
    }

    private static void requireKnown(Draft asked) {
        List<String> unknown = Placeholders.unknown(asked.zh() + asked.en());
        if (!unknown.isEmpty()) {
            throw Problem.badRequest("Nothing fills in " + String.join(", ", unknown) + "; there are "
                    + String.join(", ", Placeholders.NAMES));
        }
    }

    private static Answer locked(Handle handle, Request request) {
        long id = Long.parseLong(request.path("id"));
        handle.createQuery("SELECT id FROM service.canned_answer WHERE id = :id FOR UPDATE").bind("id", id)
                .mapTo(Long.class).findOne();
        return find(handle, id).orElseThrow(() -> Problem.notFound("canned answer", request.path("id")));
    }

    private static Optional<Answer> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE c.id = :id").bind("id", id).map((row, _) -> answer(row))
                .findOne();
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(row.getLong("id"), row.getInt("version"), row.getString("key"),
                row.getInt("edition"),
                row.getString("zh"), row.getString("en"), row.getString("author"),
                Columns.time(row, "written_at"), row.getBoolean("retired"), Columns.time(row, "revise_by"));
    }
}
