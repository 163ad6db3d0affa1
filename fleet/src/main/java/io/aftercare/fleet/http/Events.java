package io.aftercare.fleet.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Live events for the console as Server-Sent Events. The last [#KEPT_MAX] are kept, so that a reader who was away goes on
/// where it stopped (`Last-Event-ID`); one who was away for longer is told to read everything anew (`reset`).
///
/// Publishing is thread-safe and never waits: a reader who cannot keep up is told `reset` and begins again.
public final class Events {
    private static final int KEPT_MAX = 4096;
    private static final int READERS_MAX = 1000;
    private static final Duration PING = Duration.ofSeconds(5);
    /// A stream ends after this and the reader comes back by itself, so that a revoked session's stream ends too.
    private static final Duration STREAM_MAX = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final InstantSource clock;
    private final String boot;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Event> kept = new ArrayDeque<>();
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> watched = new ConcurrentHashMap<>();
    private long last;

    private record Event(long id, String type, JsonNode data, Predicate<Principal> audience) {}

    private record Reader(Principal principal, HttpServerResponse response, Context context,
            @Nullable String device, Instant until) {}

    public Events(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.boot = Long.toString(clock.millis(), Character.MAX_RADIX);
        vertx.setPeriodic(PING.toMillis(), _ -> ping());
    }

    private void ping() {
        Instant now = clock.instant();
        for (Reader reader : readers) {
            if (now.isAfter(reader.until())) {
                end(reader);
            } else {
                write(reader, "event: ping\ndata: {}\n\n");
            }
        }
    }

    /// Tells everybody.
    public void publish(String type, JsonNode data) {
        publish(type, data, _ -> true);
    }

    /// Tells those whom it concerns.
    public void publish(String type, JsonNode data, Predicate<Principal> audience) {
        lock.lock();
        try {
            Event event = new Event(++last, type, data, audience);
            kept.addLast(event);
            if (kept.size() > KEPT_MAX) {
                kept.removeFirst();
            }
            readers.forEach(reader -> deliver(reader, event));
        } finally {
            lock.unlock();
        }
    }

    /// Whether somebody watches this device's telemetry now; cheap enough for the hot path.
    public boolean isWatched(String device) {
        return !watched.isEmpty() && watched.containsKey(device);
    }

    /// Tells those who watch this device; not kept, and skipped by readers who are behind.
    public void telemetry(String device, JsonNode data) {
        String text = "event: telemetry\ndata: " + Json.text(data) + "\n\n";
        for (Reader reader : readers) {
            if (device.equals(reader.device()) && !reader.response().writeQueueFull()) {
                write(reader, text);
            }
        }
    }

    /// `GET /api/v1/events?device=`.
    public void serve(RoutingContext context, Principal principal) {
        if (readers.size() >= READERS_MAX) {
            Gate.send(context.response(), new Response(503, Problem.of(503, "Too many readers",
                    "There are " + READERS_MAX + " live readers already; try again later").body(), Map.of()));
            return;
        }
        Gate.drop(context);
        HttpServerResponse response = context.response().setChunked(true);
        response.putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store");
        String device = context.queryParams().get("device");
        Reader reader = new Reader(principal, response, vertx.getOrCreateContext(), device,
                clock.instant().plus(STREAM_MAX));
        // Both: a stream that we end ourselves on a connection that stays open does not close.
        response.closeHandler(_ -> leave(reader));
        response.endHandler(_ -> leave(reader));
        enter(reader, context.request().getHeader("Last-Event-ID"));
    }

    private void enter(Reader reader, @Nullable String lastId) {
        if (reader.device() != null) {
            watched.merge(reader.device(), 1, Integer::sum);
        }
        lock.lock();
        try {
            write(reader, "retry: 2000\n\n");
            if (lastId != null) {
                catchUp(reader, lastId);
            }
            // After what was missed, so that a stream cut in between is resumed from the right place.
            write(reader, "id: " + boot + "-" + last + "\nevent: hello\ndata: {}\n\n");
            readers.add(reader);
        } finally {
            lock.unlock();
        }
    }

    private void catchUp(Reader reader, String lastId) {
        long seen = lastId.startsWith(boot + "-") ? parse(lastId.substring(boot.length() + 1)) : -1;
        Event oldest = kept.peekFirst();
        if (seen < 0 || seen > last || oldest != null && seen < oldest.id() - 1) {
            write(reader, "id: " + boot + "-" + last + "\nevent: reset\ndata: {}\n\n");
            return;
        }
        kept.stream().filter(event -> event.id() > seen).forEach(event -> deliver(reader, event));
    }

    private static long parse(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            return -1; // not an id of ours: the reader begins anew
        }
    }

    private void deliver(Reader reader, Event event) {
        if (!event.audience().test(reader.principal())) {
            return;
        }
        String id = boot + "-" + event.id();
        if (reader.response().writeQueueFull()) {
            write(reader, "id: " + id + "\nevent: reset\ndata: {}\n\n");
            end(reader);
            return;
        }
        write(reader,
                "id: " + id + "\nevent: " + event.type() + "\ndata: " + Json.text(event.data()) + "\n\n");
    }

    private static void end(Reader reader) {
        reader.context().runOnContext(_ -> {
            if (!reader.response().ended() && !reader.response().closed()) {
                reader.response().end();
            }
        });
    }

    private static void write(Reader reader, String text) {
        reader.context().runOnContext(_ -> {
            if (!reader.response().ended() && !reader.response().closed()) {
                reader.response().write(text);
            }
        });
    }

    private void leave(Reader reader) {
        if (readers.remove(reader) && reader.device() != null) {
            watched.computeIfPresent(reader.device(), (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
