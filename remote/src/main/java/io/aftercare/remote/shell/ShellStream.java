package io.aftercare.remote.shell;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Base64;

/// What a session shows as Server-Sent Events, for who has no WebSocket: `output` with `{"data":"<base64>"}`, and at the end
/// `closed` with `{"reason"}`.
final class ShellStream {
    private static final Duration PING = Duration.ofSeconds(15);
    /// After this the client comes back, so that a revoked login's stream ends too.
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final ShellDoor door;

    ShellStream(ShellDoor door) {
        this.door = door;
    }

    void serve(RoutingContext context, Principal who) {
        door.admit(context, who, guest -> begin(context, guest));
    }

    private void begin(RoutingContext context, ShellDoor.Guest guest) {
        Vertx vertx = context.vertx();
        context.request().resume();
        HttpServerResponse response = context.response().setChunked(true)
                .putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store");
        Context loop = vertx.getOrCreateContext();
        StreamWatcher watcher = new StreamWatcher(loop, new StreamWatcher.Line() {
            @Override
            public Future<Void> output(Buffer bytes) {
                return response.write("event: output\ndata: {\"data\":\""
                        + Base64.getEncoder().encodeToString(bytes.getBytes()) + "\"}\n\n");
            }

            @Override
            public void closed(String reason) {
                response.end(
                        "event: closed\ndata: " + Json.text(Json.object().put("reason", reason)) + "\n\n");
            }
        });
        long ping = vertx.setPeriodic(PING.toMillis(), _ -> response.write("event: ping\ndata: {}\n\n"));
        long life = vertx.setTimer(LIFE.toMillis(), _ -> response.end());
        // Both: a stream that we end ourselves on a connection that stays open does not close.
        Runnable leave = () -> {
            vertx.cancelTimer(ping);
            vertx.cancelTimer(life);
            watcher.leave();
            door.detach(guest, watcher);
        };
        response.closeHandler(_ -> leave.run());
        response.endHandler(_ -> leave.run());
        response.write("retry: 2000\n\n");
        door.attach(guest, watcher);
    }
}
