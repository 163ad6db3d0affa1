package io.aftercare.service.webhook;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due. Each receiver has one delivery on its way at most and a thread of its own for it, so one that is slow
/// or dead holds up nobody else. What is due stands in the database: a restart forgets nothing and may send a delivery twice,
/// with the same `webhook-id`.
final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int GONE = 410;
    private static final Duration KEPT = Duration.ofDays(30);

    private final DeskGround ground;
    private final Database database;
    private final boolean privateAllowed;
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BackgroundLoop loop;
    private final BackgroundLoop sweep;

    /// @param privateAllowed whether receivers may be in one's own network
    Deliveries(DeskGround ground, boolean privateAllowed, Duration every) {
        this.ground = ground;
        this.database = ground.database();
        this.privateAllowed = privateAllowed;
        this.loop = new BackgroundLoop("webhooks", every, this::round);
        this.sweep = BackgroundLoop.every(Duration.ofHours(1), "webhooks-sweep",
                () -> database
                        .useTransaction(handle -> WebhookStore.forget(handle, ground.now().minus(KEPT))));
    }

    void start() {
        loop.start();
        sweep.start();
    }

    void wake() {
        loop.wake();
    }

    private boolean round() {
        Instant now = ground.now();
        Long[] away = busy.toArray(Long[]::new);
        List<Delivery> due = database.jdbi().withHandle(handle -> WebhookStore.due(handle, now, away));
        for (Delivery delivery : due) {
            Long webhook = Long.valueOf(delivery.webhook());
            if (!loop.isClosing() && busy.add(webhook)) {
                threads.execute(() -> carry(delivery, webhook));
            }
        }
        return false;
    }

    private void carry(Delivery delivery, Long webhook) {
        try {
            database.jdbi().withHandle(handle -> WebhookStore.find(handle, webhook, ground.now()))
                    .ifPresent(receiver -> send(receiver, delivery));
        } catch (RuntimeException e) {
            LOG.warn("Delivery {} is tried again: {}", delivery.id(), e.toString());
        } finally {
            busy.remove(webhook);
            loop.wake(); // the next one for this receiver
        }
    }

    private void send(Webhook receiver, Delivery delivery) {
        Post.@Nullable Answer answer = null;
        String trouble = "";
        try {
            Target target = Target.parse(receiver.url(), privateAllowed);
            InetAddress address = target.resolve(privateAllowed);
            answer = Post.send(target, address, headers(receiver, delivery), delivery.payload());
        } catch (IOException | IllegalArgumentException e) {
            trouble = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        Post.Answer said = answer;
        String why = trouble;
        database.useTransaction(handle -> note(handle, receiver, delivery, said, why));
    }

    private Map<String, String> headers(Webhook receiver, Delivery delivery) {
        long seconds = ground.clock().instant().getEpochSecond();
        return Map.of("webhook-id", delivery.event(), "webhook-timestamp", Long.toString(seconds),
                "webhook-signature",
                Signature.of(receiver.secrets(), delivery.event(), seconds, delivery.payload()));
    }

    private void note(Handle handle, Webhook receiver, Delivery delivery, Post.@Nullable Answer answer,
            String trouble) {
        Instant now = ground.now();
        Integer status = answer == null ? null : answer.status();
        String text = answer == null ? trouble : answer.beginning();
        if (status != null && status >= 200 && status < 300) {
            WebhookStore.ended(handle, delivery, "sent", status, text, now, now);
            WebhookStore.worked(handle, delivery.webhook());
            return;
        }
        Optional<Instant> next = Schedule.next(delivery.attempts() + 1, now);
        WebhookStore.ended(handle, delivery, next.isPresent() ? "queued" : "dead", status, text,
                next.orElse(now), now);
        WebhookStore.failed(handle, delivery.webhook(), now);
        Instant since = receiver.failingSince();
        boolean gone = status != null && status == GONE;
        if (gone || since != null && since.plus(Schedule.PATIENCE).isBefore(now)) {
            switchOff(handle, receiver,
                    gone
                            ? "the receiver says that it is gone (410)"
                            : "nothing has got through since " + since);
        }
    }

    private static void switchOff(Handle handle, Webhook receiver, String reason) {
        if (WebhookStore.switchOff(handle, receiver.id(), reason)) {
            Outbox.append(handle, "notice.staff", "webhook/" + receiver.id() + "/off/" + receiver.version(),
                    Json.object().put("role", "coordinator").put("template", "webhook-disabled").set("params",
                            Json.object().put("url", receiver.url()).put("reason", reason)));
        }
    }

    /// Ends after the deliveries on their way, which are bounded in time.
    @Override
    public void close() {
        loop.close();
        sweep.close();
        threads.close();
    }
}
