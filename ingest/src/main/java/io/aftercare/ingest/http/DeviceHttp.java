package io.aftercare.ingest.http;

import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.http.BodyInput;
import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Response;
import io.aftercare.ingest.message.Inbox;
import io.aftercare.ingest.mqtt.MqttEndpoint;
import io.aftercare.ingest.mqtt.Sessions;
import io.aftercare.ingest.telemetry.Format;
import io.aftercare.ingest.telemetry.SingleMessage;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// `POST /device/v1/{id}/telemetry`, `…/event`, `…/state`, and ThingsBoard's `POST /api/v1/{token}/telemetry` and
/// `…/attributes`. A message takes the same way as by MQTT, and is answered after its commit. At most [#AT_WORK_MAX] are at
/// work at once, so that devices never stand in people's way; one more is told to come again.
public final class DeviceHttp {
    private static final int AT_WORK_MAX = 512;
    private static final long WAIT_SECONDS_MAX = 30;

    private final Devices devices;
    private final MetricDictionary dictionary;
    private final MqttEndpoint endpoint;
    private final Sessions sessions;
    private final Inbox inbox;
    private final ExecutorService threads;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_WORK_MAX);

    /// A request's heads, read on its event loop.
    private record Heads(String id, String token, String contentType, String encoding, Instant received) {
        /// For the log, which must not learn the token of a path.
        private String place() {
            return id.isEmpty() ? "/api/v1/{token}" : "/device/v1/" + id;
        }
    }

    @FunctionalInterface
    private interface Work {
        Response answer(Heads heads, InputStream body) throws IOException;
    }

    public DeviceHttp(Devices devices, MetricDictionary dictionary, MqttEndpoint endpoint, Sessions sessions,
            Inbox inbox, ExecutorService virtualThreads, InstantSource clock) {
        this.devices = devices;
        this.dictionary = dictionary;
        this.endpoint = endpoint;
        this.sessions = sessions;
        this.inbox = inbox;
        this.threads = virtualThreads;
        this.clock = clock;
    }

    public void bind(Operations operations) {
        operations.onStream("sendTelemetry", (context, _) -> serve(context,
                (heads, body) -> telemetry(byId(heads), heads, body, 204)));
        operations.onStream("sendEvent",
                (context, _) -> serve(context,
                        (heads, body) -> letter(byId(heads), "event", heads, body, 204)));
        operations.onStream("sendState",
                (context, _) -> serve(context,
                        (heads, body) -> letter(byId(heads), "state", heads, body, 204)));
        operations.onStream("sendThingsboardTelemetry", (context, _) -> serve(context,
                (heads, body) -> telemetry(byToken(heads), heads, body, 200)));
        operations.onStream("sendThingsboardAttributes", (context, _) -> serve(context,
                (heads, body) -> letter(byToken(heads), "state", heads, body, 200)));
    }

    private void serve(RoutingContext context, Work work) {
        Context loop = context.vertx().getOrCreateContext();
        if (!places.tryAcquire()) {
            context.request().resume();
            Gate.send(context.response(), later(429, "Too many requests wait already"));
            return;
        }
        Heads heads = heads(context);
        BodyInput body = BodyInput.of(context.request(), loop);
        threads.execute(() -> {
            Response response;
            try {
                response = work.answer(heads, body);
            } catch (IOException | RuntimeException e) {
                response = e instanceof EOFException
                        ? Gate.problem(Problem.badRequest("The body ends before it should"), null)
                        : Gate.problem(e, heads.place());
            } finally {
                places.release();
            }
            Response answer = response;
            loop.runOnContext(_ -> {
                if (!context.request().isEnded()) {
                    context.request().resume();
                }
                Gate.send(context.response(), answer);
            });
        });
    }

    private Heads heads(RoutingContext context) {
        String token = context.pathParam("token");
        String type = header(context, "Content-Type");
        int parameters = type.indexOf(';');
        return new Heads(text(context.pathParam("id")),
                token != null ? token : DeviceToken.ofBearer(context.request().getHeader("Authorization")),
                (parameters < 0 ? type : type.substring(0, parameters)).strip(),
                header(context, "Content-Encoding"), clock.instant());
    }

    private static String header(RoutingContext context, String name) {
        return text(context.request().getHeader(name));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private Device byId(Heads heads) {
        Optional<Device> device = DeviceId.isSerial(heads.id())
                ? devices.authenticate(new DeviceId(heads.id()), heads.token())
                : Optional.empty();
        return device.orElseThrow(() -> Problem
                .unauthorized("Send the device's own token: Authorization: Bearer <token>"));
    }

    private Device byToken(Heads heads) {
        return devices.byToken(heads.token())
                .orElseThrow(() -> Problem.unauthorized("The path's token is no device's"));
    }

    private Response telemetry(Device device, Heads heads, InputStream body, int good) throws IOException {
        Format format = Format.ofType(heads.contentType()).orElseThrow(() -> Problem.of(415,
                "Unsupported media type",
                "Send application/json, application/cbor, application/senml+json or application/senml+cbor"));
        byte[] payload = Body.read(body, heads.encoding());
        Duration wait = endpoint.allow(device.id(), payload.length);
        if (!wait.isZero()) {
            return tooSoon(wait);
        }
        sessions.heard(device, heads.received());
        var message = new SingleMessage(device, dictionary.of(device.model()), sessions.clock(device.id()),
                true);
        SingleMessage.Outcome outcome = await(message.send(endpoint.lane(device), format, payload,
                Micros.of(heads.received())));
        return switch (outcome) {
            case SingleMessage.Outcome.Stored _ -> new Response(good, null, Map.of());
            case SingleMessage.Outcome.Bad bad -> throw Problem.of(422, "Not understood",
                    bad.reason().text() + "; the message is kept in quarantine");
            case SingleMessage.Outcome.NoRoom _ -> later(429, "More comes in than can be stored");
        };
    }

    private Response letter(Device device, String topic, Heads heads, InputStream body, int good)
            throws IOException {
        if (!sessions.hasRoom(device.id())) {
            return later(429, "More of this device's messages wait already than may");
        }
        byte[] payload = Body.read(body, heads.encoding());
        Duration wait = endpoint.allow(device.id(), payload.length);
        if (!wait.isZero()) {
            return tooSoon(wait);
        }
        sessions.heard(device, heads.received());
        endpoint.lane(device).heard(new SingleMessage(device, dictionary.of(device.model()),
                sessions.clock(device.id()), false), Micros.of(heads.received()));
        var letter = new Inbox.Letter(device, topic, payload, 0, false, heads.received());
        CompletableFuture<Optional<String>> done = new CompletableFuture<>();
        sessions.inOrder(device.id(), () -> {
            try {
                Optional<String> bad = inbox.again(letter);
                if (bad.isPresent()) {
                    inbox.receive(letter);
                }
                done.complete(bad);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        await(done).ifPresent(reason -> {
            throw Problem.of(422, "Not understood", reason + "; the message is kept in quarantine");
        });
        return new Response(good, null, Map.of());
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw Problem.of(503, "Busy", "The message is not stored yet; send it again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "Busy", "This backend is stopping");
        }
    }

    private static Response tooSoon(Duration wait) {
        String seconds = Long.toString(wait.plusMillis(999).toSeconds());
        Problem problem = Problem.of(429, "Too many requests",
                "This device has sent as much as one may; send it again in " + seconds + " s");
        return new Response(429, problem.body(), Map.of("Retry-After", seconds));
    }

    private static Response later(int status, String why) {
        Problem problem = Problem.of(status, "Too many requests", why + "; send it again in a second");
        return new Response(status, problem.body(), Map.of("Retry-After", "1"));
    }
}
