package io.aftercare.service.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Throttle;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Origin;
import io.aftercare.service.ticket.Ticket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reports by HTTP (`openapi/service/intake.yaml`).
final class IntakeRoutes {
    private static final String PREFIX = "aik_";
    private static final SecureRandom RANDOM = new SecureRandom();
    private final DeskGround ground;
    private final Reports reports;
    private final CaseLinks links;
    private final Throttle perAddress;
    private final Throttle perKey;

    record NewKey(String name, String channel) {}

    record KeyRow(long id, String channel) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KeyView(String id, String name, String channel, String createdBy, Instant createdAt,
            @Nullable Instant revokedAt) {}

    IntakeRoutes(DeskGround ground, Reports reports, CaseLinks links) {
        this.ground = ground;
        this.reports = reports;
        this.links = links;
        this.perAddress = new Throttle(ground.clock(), 10, Duration.ofMinutes(10));
        this.perKey = new Throttle(ground.clock(), 600, Duration.ofMinutes(1));
    }

    void bind(Operations operations) {
        operations.on("reportByForm", this::form).on("reportByKey", this::message)
                .on("addIntakeKey", this::addKey).on("listIntakeKeys", this::keys)
                .on("revokeIntakeKey", this::revoke);
    }

    private Response form(Request request) {
        Told told = request.body(Told.class);
        perAddress.pass(request.address());
        if (told.website() != null && !told.website().isEmpty()) {
            throw Problem.invalid("website", "leave it empty");
        }
        if (told.contact().phone() == null && told.contact().email() == null) {
            throw Problem.invalid("phone", "a phone number or an e-mail address is needed to answer you");
        }
        return ground.database().inTransaction(handle -> {
            Ticket ticket = reports.open(handle, told, told.origin(), outside(request));
            return new Response(201, Json.object().put("number", ticket.number()).put("path",
                    links.path(handle, ticket.id())), Map.of());
        });
    }

    private Response message(Request request) {
        Message told = Message.of(request);
        return ground.database().inTransaction(handle -> {
            KeyRow key = key(handle, request.header("X-Intake-Key").orElse(""));
            perKey.pass(Long.toString(key.id()));
            lock(handle, key.id(), told.id());
            Optional<Long> before = taken(handle, key.id(), told.id());
            if (before.isPresent()) {
                return Response.ok(answer(before.get(), false));
            }
            Optional<Long> open = told.conversation().isEmpty()
                    ? Optional.empty()
                    : ofConversation(handle, key.id(), told.conversation())
                            .filter(id -> reports.isOpen(handle, id));
            open.ifPresent(id -> reports.add(handle, id, told.report().symptom(), outside(request)));
            long ticket = open.orElseGet(() -> reports
                    .open(handle, told.report(), Origin.parse(key.channel()), outside(request)).id());
            handle.createUpdate("""
                    INSERT INTO service.intake_message (key, message, conversation, ticket, at)
                    VALUES (:key, :message, :conversation, :ticket, :now)""").bind("key", key.id())
                    .bind("message", told.id()).bind("conversation", told.conversation())
                    .bind("ticket", ticket).bind("now", ground.now()).execute();
            return new Response(201, answer(ticket, open.isEmpty()), Map.of());
        });
    }

    /// @param id           of the sender's message; one that was taken before is not taken again
    /// @param conversation messages of one go into one case; empty for none
    private record Message(String id, String conversation, Told report) {
        static Message of(Request request) {
            return new Message(request.json().path("id").asText(),
                    request.json().path("conversation").asText(""), request.body(Told.class));
        }
    }

    private static Object answer(long ticket, boolean opened) {
        return Json.object().put("ticket", Long.toString(ticket)).put("opened", opened);
    }

    // One after the other, so that the same message is not taken twice at once.
    private static void lock(Handle handle, long key, String id) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:name, 11))::text")
                .bind("name", key + " " + id).mapTo(String.class).one();
    }

    private static Optional<Long> taken(Handle handle, long key, String id) {
        return handle
                .createQuery("SELECT ticket FROM service.intake_message WHERE key = :key AND message = :id")
                .bind("key", key).bind("id", id).mapTo(Long.class).findOne();
    }

    private static Optional<Long> ofConversation(Handle handle, long key, String conversation) {
        return handle.createQuery("""
                SELECT ticket FROM service.intake_message WHERE key = :key AND conversation = :conversation
                ORDER BY at DESC LIMIT 1""").bind("key", key).bind("conversation", conversation)
                .mapTo(Long.class).findOne();
    }

    private static KeyRow key(Handle handle, String secret) {
        return handle.createQuery("""
                SELECT id, channel FROM service.intake_key WHERE hash = :hash AND revoked_at IS NULL""")
                .bind("hash", Sha256.of(secret)).map((row, _) -> new KeyRow(row.getLong(1), row.getString(2)))
                .findOne().orElseThrow(() -> Problem.unauthorized("Send a valid key as X-Intake-Key"));
    }

    private Response addKey(Request request) {
        NewKey asked = request.body(NewKey.class);
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return ground.database().inTransaction(handle -> {
            long id = handle.createQuery("""
                    INSERT INTO service.intake_key (name, channel, hash, created_by, created_at)
                    VALUES (:name, :channel, :hash, :by, :now) RETURNING id""").bind("name", asked.name())
                    .bind("channel", Origin.parse(asked.channel()).text()).bind("hash", Sha256.of(key))
                    .bind("by", request.principal().name()).bind("now", ground.now()).mapTo(Long.class).one();
            Audit.append(handle, new Audit.Entry(request.principal(), "intake-key.add", "intake-key/" + id,
                    Json.object().put("name", asked.name()).put("channel", asked.channel()),
                    request.address()));
            return Response.created("/api/v1/intake-keys/" + id, Json.object().put("id", Long.toString(id))
                    .put("name", asked.name()).put("channel", asked.channel()).put("key", key));
        });
    }

    private Response keys(Request request) {
        List<KeyView> all = ground.database().jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id, name, channel, created_by, created_at, revoked_at FROM service.intake_key
                ORDER BY id DESC LIMIT 1000""")
                .map((row, _) -> new KeyView(row.getString(1), row.getString(2),
                        row.getString(3), row.getString(4), row.getTimestamp(5).toInstant(),
                        row.getTimestamp(6) == null ? null : row.getTimestamp(6).toInstant()))
                .list());
        return Response.ok(new Page<>(all, null));
    }

    private Response revoke(Request request) {
        String id = request.path("id");
        ground.database().useTransaction(handle -> {
            int revoked = !id.matches("\\d{1,18}")
                    ? 0
                    : handle.createUpdate(
                            """
                                    UPDATE service.intake_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL""")
                            .bind("now", ground.now()).bind("id", Long.parseLong(id)).execute();
            if (revoked == 0) {
                throw Problem.notFound("valid intake key", id);
            }
            Audit.append(handle, new Audit.Entry(request.principal(), "intake-key.revoke", "intake-key/" + id,
                    null, request.address()));
        });
        return Response.noContent();
    }

    private static Actor outside(Request request) {
        return new Actor(Principal.SYSTEM, request.address());
    }
}
