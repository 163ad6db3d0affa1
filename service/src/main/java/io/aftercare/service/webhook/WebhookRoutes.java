package io.aftercare.service.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Webhooks by HTTP (`openapi/service/webhook.yaml`).
final class WebhookRoutes {
    private static final Duration BOTH_SECRETS = Duration.ofDays(1);
    private final DeskGround ground;
    private final Deliveries deliveries;
    private final boolean privateAllowed;

    record Body(String url, @Nullable String description, List<String> events, @Nullable Boolean active) {}

    WebhookRoutes(DeskGround ground, Deliveries deliveries, boolean privateAllowed) {
        this.ground = ground;
        this.deliveries = deliveries;
        this.privateAllowed = privateAllowed;
    }

    void bind(Operations operations) {
        operations.on("listWebhooks", this::list).on("addWebhook", this::add).on("getWebhook", this::get)
                .on("putWebhook", this::put).on("removeWebhook", this::remove).on("testWebhook", this::test)
                .on("renewWebhookSecret", this::renew).on("listWebhookDeliveries", this::log)
                .on("replayWebhook", this::replayAll).on("replayWebhookDelivery", this::replay);
    }

    private Response list(Request request) {
        return Response.ok(new Page<>(ground.database().jdbi()
                .withHandle(handle -> WebhookStore.all(handle, ground.now())), null));
    }

    private Response add(Request request) {
        WebhookStore.Asked asked = asked(request);
        byte[] secret = Signature.newSecret();
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            if (WebhookStore.all(handle, now).size() >= Webhook.WEBHOOKS_MAX) {
                throw Problem.conflict(
                        "There are " + Webhook.WEBHOOKS_MAX + " webhooks already; remove one first");
            }
            long id = WebhookStore.add(handle, asked, secret, request.principal().name(), now);
            audit(handle, request, "webhook.add", id, Json.object().put("url", asked.url()));
            ObjectNode shown = Json.tree(find(handle, id)).deepCopy();
            return Response.created("/api/v1/webhooks/" + id,
                    shown.put("secret", Signature.shown(secret))).withVersion(1);
        });
    }

    private Response get(Request request) {
        Webhook webhook = ground.database().jdbi().withHandle(handle -> find(handle, id(request, "id")));
        return Response.versioned(webhook, webhook.version());
    }

    private Response put(Request request) {
        WebhookStore.Asked asked = asked(request);
        long id = id(request, "id");
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            Webhook before = find(handle, id);
            if (!WebhookStore.put(handle, id, version, asked, ground.now())) {
                throw Problem.staleVersion("webhook", before.id(), before.version());
            }
            audit(handle, request, "webhook.edit", id,
                    Json.object().put("url", asked.url()).put("active", asked.active()));
            handle.afterCommit(deliveries::wake);
            Webhook after = find(handle, id);
            return Response.versioned(after, after.version());
        });
    }

    private Response remove(Request request) {
        long id = id(request, "id");
        ground.database().useTransaction(handle -> {
            Webhook before = find(handle, id);
            WebhookStore.remove(handle, id);
            audit(handle, request, "webhook.remove", id, Json.object().put("url", before.url()));
        });
        return Response.noContent();
    }

    private Response test(Request request) {
        long id = id(request, "id");
        return ground.database().inTransaction(handle -> {
            requireActive(find(handle, id));
            String event = WebhookRoom.newEvent();
            WebhookStore.queueFor(handle, id, event, "webhook.test",
                    WebhookRoom.payload("webhook.test", ground.now(), Json.object()), ground.now());
            handle.afterCommit(deliveries::wake);
            return Response.accepted(Json.object().put("event", event));
        });
    }

    private Response renew(Request request) {
        long id = id(request, "id");
        byte[] secret = Signature.newSecret();
        return ground.database().inTransaction(handle -> {
            find(handle, id);
            WebhookStore.renew(handle, id, secret, ground.now().plus(BOTH_SECRETS));
            audit(handle, request, "webhook.secret", id, null);
            return Response.ok(Json.object().put("secret", Signature.shown(secret)));
        });
    }

    private Response log(Request request) {
        int limit = request.limit();
        List<Delivery> found = ground.database().jdbi().withHandle(handle -> {
            long id = Long.parseLong(find(handle, id(request, "id")).id());
            return WebhookStore.log(handle, id, request.query("state").orElse(null),
                    request.cursorNumber().orElse(Long.MAX_VALUE), limit + 1);
        });
        return Response.ok(Page.of(found, limit, Delivery::id));
    }

    private Response replayAll(Request request) {
        return replay(request, null);
    }

    private Response replay(Request request) {
        return replay(request, id(request, "delivery"));
    }

    private Response replay(Request request, @Nullable Long delivery) {
        long id = id(request, "id");
        return ground.database().inTransaction(handle -> {
            requireActive(find(handle, id));
            int queued = WebhookStore.replay(handle, id, delivery, ground.now());
            if (delivery != null && queued == 0) {
                throw Problem
                        .conflict("There is no delivery " + delivery + " of this webhook that has ended");
            }
            audit(handle, request, "webhook.replay", id, Json.object().put("deliveries", queued));
            handle.afterCommit(deliveries::wake);
            return Response.accepted(Json.object().put("queued", queued));
        });
    }

    private WebhookStore.Asked asked(Request request) {
        Body body = request.body(Body.class);
        try {
            Target.parse(body.url(), privateAllowed);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("url", String.valueOf(e.getMessage()));
        }
        return new WebhookStore.Asked(body.url(), Objects.requireNonNullElse(body.description(), ""),
                body.events().stream().distinct().toList(), !Boolean.FALSE.equals(body.active()));
    }

    private static void requireActive(Webhook webhook) {
        if (!webhook.active()) {
            throw Problem.conflict("The webhook is switched off (" + webhook.reason()
                    + "); switch it on with PUT, active: true");
        }
    }

    private Webhook find(Handle handle, long id) {
        return WebhookStore.find(handle, id, ground.now())
                .orElseThrow(() -> Problem.notFound("webhook", Long.toString(id)));
    }

    private static void audit(Handle handle, Request request, String action, long id,
            @Nullable JsonNode detail) {
        Audit.append(handle,
                new Audit.Entry(request.principal(), action, "webhook/" + id, detail, request.address()));
    }

    private static long id(Request request, String name) {
        String text = request.path(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.notFound(name.equals("id") ? "webhook" : "delivery", text);
        }
    }
}
