package io.aftercare.service.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tells other systems of cases, in the transaction of the change, sent after its commit. What is told names no person.
public final class WebhookRoom implements Room {
    private final DeskGround ground;
    private final Deliveries deliveries;
    private final WebhookRoutes routes;

    /// @param privateAllowed whether receivers may be in one's own network, and speak plain HTTP
    /// @param every          how often what has come due is looked for
    public WebhookRoom(DeskGround ground, Cases cases, boolean privateAllowed, Duration every) {
        this.ground = ground;
        this.deliveries = new Deliveries(ground, privateAllowed, every);
        this.routes = new WebhookRoutes(ground, deliveries, privateAllowed);
        cases.listen(this::changed);
    }

    private void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        Instant now = ground.now();
        String type = before == null ? "ticket.opened" : "ticket.changed";
        int receivers = WebhookStore.queue(handle, newEvent(), type,
                payload(type, now, data(before, after, actor)),
                now);
        if (receivers > 0) {
            handle.afterCommit(deliveries::wake);
        }
    }

    private static JsonNode data(@Nullable Ticket before, Ticket after, Actor actor) {
        return Json.object().put("id", Long.toString(after.id())).put("number", after.number())
                .put("version", after.version()).put("device", after.report().serial())
                .put("origin", after.report().origin().text()).put("state", after.state().text())
                .put("before", before == null ? null : before.state().text())
                .put("priority", after.progress().priority().name()).put("owner", after.progress().owner())
                .put("actor", actor.name());
    }

    static String newEvent() {
        return "evt_" + UUID.randomUUID();
    }

    static String payload(String type, Instant now, JsonNode data) {
        ObjectNode payload = Json.object().put("type", type).put("timestamp", now.toString());
        return Json.text(payload.set("data", data));
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public void start() {
        deliveries.start();
    }

    @Override
    public void close() {
        deliveries.close();
    }
}
