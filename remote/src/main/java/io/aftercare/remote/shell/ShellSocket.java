package io.aftercare.remote.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session by WebSocket. Binary messages are the terminal's bytes, both ways; text is JSON: `{"input":"ls\n"}`,
/// `{"resize":{"columns","rows"}}` and `{"close":true}` up, `{"closed":"why"}` and `{"error":"…"}` down. Only who asked for the session
/// may type. Messages of one socket are dealt with one after the other.
final class ShellSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ShellSocket.class);
    private static final Duration PING = Duration.ofSeconds(30);
    /// After this the client comes back, so that a revoked login's socket ends too.
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final short AGAIN = 1012;
    private static final short DONE = 1000;

    private final ShellDoor door;
    private final Shells shells;
    private final Terminals terminals;

    ShellSocket(ShellDoor door, Shells shells, Terminals terminals) {
        this.door = door;
        this.shells = shells;
        this.terminals = terminals;
    }

    void serve(RoutingContext context, Principal who) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            if (context.request().version() == HttpVersion.HTTP_1_1) {
                context.response().putHeader("Upgrade", "websocket"); // which HTTP/2 has no place for
            }
            ShellDoor.refuse(context, Problem.of(426, "Upgrade required", "This is a WebSocket (RFC 6455)"));
        } else if (!ShellDoor.isOurs(context.request())) {
            ShellDoor.refuse(context, Problem.forbidden("A page of another site may not open this socket"));
        } else {
            door.admit(context, who, guest -> context.request().toWebSocket()
                    .onSuccess(socket -> begin(context.vertx(), socket, guest))
                    .onFailure(e -> LOG.debug("No WebSocket for {}", guest.here().id(), e)));
        }
    }

    private void begin(Vertx vertx, ServerWebSocket socket, ShellDoor.Guest guest) {
        Context loop = vertx.getOrCreateContext();
        StreamWatcher watcher = new StreamWatcher(loop, new StreamWatcher.Line() {
            @Override
            public Future<Void> output(Buffer bytes) {
                return socket.writeBinaryMessage(bytes);
            }

            @Override
            public void closed(String reason) {
                socket.writeTextMessage(Json.text(Json.object().put("closed", reason)));
                socket.close(reason.equals(StreamWatcher.TOO_SLOW) ? AGAIN : DONE, reason);
            }
        });
        long ping = vertx.setPeriodic(PING.toMillis(), _ -> socket.writePing(Buffer.buffer()));
        long life = vertx.setTimer(LIFE.toMillis(), _ -> socket.close(AGAIN, "come again"));
        socket.closeHandler(_ -> {
            vertx.cancelTimer(ping);
            vertx.cancelTimer(life);
            watcher.leave();
            door.detach(guest, watcher);
        });
        socket.exceptionHandler(e -> LOG.debug("A socket of {} broke", guest.here().id(), e));
        socket.binaryMessageHandler(bytes -> take(loop, socket, guest, () -> type(guest, bytes.getBytes())));
        socket.textMessageHandler(text -> take(loop, socket, guest, () -> control(guest, text)));
        door.attach(guest, watcher);
    }

    // One message at a time: no more is read before it is dealt with.
    private void take(Context loop, ServerWebSocket socket, ShellDoor.Guest guest, Runnable work) {
        if (!guest.mayType()) {
            error(socket, "Only " + guest.here().owner() + " types here; you look on");
            return;
        }
        socket.pause();
        door.run(() -> {
            try {
                work.run();
            } catch (IllegalArgumentException | UncheckedIOException e) {
                loop.runOnContext(_ -> error(socket, "Not understood: " + e.getMessage()));
            } catch (RuntimeException e) {
                LOG.warn("A key for {} is lost", guest.here().id(), e);
                loop.runOnContext(_ -> error(socket, "That did not go through; type it again"));
            } finally {
                loop.runOnContext(_ -> socket.resume());
            }
        });
    }

    private static void error(ServerWebSocket socket, String why) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(Json.text(Json.object().put("error", why)));
        }
    }

    private void type(ShellDoor.Guest guest, byte[] keys) {
        var _ = terminals.input(guest.here(), keys);
    }

    private void control(ShellDoor.Guest guest, String text) {
        JsonNode message = Json.parse(text);
        if (message.path("input").isTextual()) {
            type(guest, message.path("input").textValue().getBytes(StandardCharsets.UTF_8));
        } else if (message.path("resize").isObject()) {
            JsonNode size = message.path("resize");
            var _ = terminals.resize(guest.here(),
                    new Size(size.path("columns").asInt(), size.path("rows").asInt()));
        } else if (message.path("close").asBoolean(false)) {
            var _ = shells.leave(guest.who(), guest.here().id());
        } else {
            throw new IllegalArgumentException("input, resize or close");
        }
    }
}
