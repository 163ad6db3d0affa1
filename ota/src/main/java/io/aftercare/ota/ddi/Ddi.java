package io.aftercare.ota.ddi;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Housekeeping;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.delivery.ArtifactSender;
import io.aftercare.ota.release.ArtifactDigests;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// hawkBit's Direct Device Integration API at `/DEFAULT/controller/v1/{device}`. Not in the OpenAPI document, which is ours to
/// change: this one is hawkBit's, answers `application/hal+json`, and passes over fields that it does not know.
///
/// A poll for which there is nothing is answered on the event loop from memory ([Quiet]); everything else on a virtual thread,
/// at most [#AT_ONCE_MAX] at once, [#WAITING_MAX] waiting.
public final class Ddi {
    private static final String BASE = "/DEFAULT/controller/v1/";
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int AT_ONCE_MAX = 64;
    private static final int WAITING_MAX = 4096;

    private final Devices devices;
    private final Door door;
    private final Quiet quiet;
    private final Polls polls;
    private final Deployments deployments;
    private final Artifacts artifacts;
    private final Feedbacks feedbacks;
    private final Cancellations cancellations;
    private final Confirmations confirmations;
    private final ConfigData configData;
    private final Parts parts;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX + WAITING_MAX);
    private final Semaphore permits = new Semaphore(AT_ONCE_MAX);

    /// What the interface stands on.
    ///
    /// @param publicUrl how devices reach the HTTP port; empty: as they have addressed it
    /// @param threads   virtual threads
    public record Parts(Database database, Devices devices, Campaigns campaigns, ArtifactDigests digests,
            ArtifactSender sender, DeviceWord word, String publicUrl, ExecutorService threads,
            InstantSource clock) {}

    /// Has ended actions removed after 90 days, with what devices told of them; but for the last that a device finished well,
    /// which it may ask for at any time. Deployments and their steps stay.
    public static void sweep(Housekeeping housekeeping) {
        housekeeping.sweep("ota.ddi_status", """
                at < now() - interval '90 days' AND EXISTS (SELECT FROM ota.ddi_action a
                    WHERE a.id = ddi_status.action AND a.ended_at < now() - interval '90 days')""")
                .sweep("ota.ddi_action", """
                        ended_at < now() - interval '90 days'
                        AND NOT EXISTS (SELECT FROM ota.ddi_status s WHERE s.action = ddi_action.id)
                        AND (ended <> 'finished' OR EXISTS (SELECT FROM ota.ddi_action later
                            WHERE later.device = ddi_action.device AND later.id > ddi_action.id
                                AND later.ended = 'finished'))""");
    }

    public Ddi(DdiConfig config, Parts parts) {
        Database database = parts.database();
        Campaigns campaigns = parts.campaigns();
        InstantSource clock = parts.clock();
        this.parts = parts;
        this.devices = parts.devices();
        this.door = new Door(config, devices);
        this.quiet = new Quiet(clock);
        this.polls = new Polls(database, config, quiet, clock);
        this.deployments = new Deployments(database, campaigns, parts.digests(), clock);
        this.artifacts = new Artifacts(database, deployments, parts.digests(), clock);
        this.feedbacks = new Feedbacks(database, devices, campaigns, config, quiet, clock);
        this.cancellations = new Cancellations(database, clock);
        this.confirmations = new Confirmations(database, campaigns, quiet, clock);
        this.configData = new ConfigData(database, devices, campaigns, parts.word(), quiet, clock);
    }

    /// There may be something for a device that there was not before; from any thread, never blocks.
    public void changed(String device) {
        devices.recall(new DeviceId(device)).ifPresent(known -> quiet.forget(known.number()));
    }

    /// Adds the routes, before those of the OpenAPI document.
    public void mount(Router router) {
        router.get(BASE + ":id").order(-1).handler(this::poll);
        get(router, "deploymentBase/:action", deployments::deployment);
        post(router, "deploymentBase/:action/feedback", feedbacks::deployment);
        get(router, "cancelAction/:action", cancellations::show);
        post(router, "cancelAction/:action/feedback", feedbacks::cancel);
        get(router, "confirmationBase", confirmations::show);
        post(router, "confirmationBase/activateAutoConfirm", confirmations::activate);
        post(router, "confirmationBase/deactivateAutoConfirm", confirmations::deactivate);
        get(router, "confirmationBase/:action", deployments::confirmation);
        post(router, "confirmationBase/:action/feedback", confirmations::feedback);
        get(router, "installedBase/:action", deployments::installed);
        write(router, HttpMethod.PUT, "configData", configData::put);
        get(router, "softwaremodules/:module/artifacts", artifacts::list);
        get(router, "softwaremodules/:module/artifacts/:file", artifacts::file);
        router.head(BASE + ":id/softwaremodules/:module/artifacts/:file").order(-1)
                .handler(context -> serve(context, false, artifacts::file));
    }

    private void get(Router router, String path, Function<Call, Reply> work) {
        router.get(BASE + ":id/" + path).order(-1).handler(context -> serve(context, false, work));
    }

    private void post(Router router, String path, Function<Call, Reply> work) {
        write(router, HttpMethod.POST, path, work);
    }

    private void write(Router router, HttpMethod method, String path, Function<Call, Reply> work) {
        router.route(method, BASE + ":id/" + path).order(-1)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
                .handler(context -> serve(context, false, work));
    }

    private void poll(RoutingContext context) {
        Optional<Device> device = door.peek(id(context), context.request().getHeader("Authorization"));
        Optional<Reply> known = device.flatMap(found -> polls.peek(found, base(context)));
        if (device.isPresent() && known.isPresent()) {
            parts.word().heard(device.get(), parts.clock().instant());
            send(context, known.get());
        } else {
            serve(context, true, polls::poll);
        }
    }

    private void serve(RoutingContext context, boolean poll, Function<Call, Reply> work) {
        String path = path(context);
        if (!places.tryAcquire()) {
            send(context, Refusals.of(Refusals.tooMany("Too many requests wait already"), path));
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        String authorization = context.request().getHeader("Authorization");
        String base = base(context);
        Map<String, String> names = Map.copyOf(context.pathParams());
        Map<String, String> query = flat(context.queryParams());
        Buffer body = context.body().buffer();
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        parts.threads().execute(() -> {
            Reply reply;
            permits.acquireUninterruptibly();
            try {
                Device device = door.enter(names.getOrDefault("id", ""), authorization, poll);
                parts.word().heard(device, parts.clock().instant());
                reply = work.apply(new Call(device, base, names, query, bytes));
            } catch (RuntimeException e) {
                reply = Refusals.of(e, path);
            } finally {
                permits.release();
                places.release();
            }
            Reply answer = reply;
            loop.runOnContext(_ -> send(context, answer));
        });
    }

    private static String id(RoutingContext context) {
        return Objects.requireNonNullElse(context.pathParam("id"), "");
    }

    private static String path(RoutingContext context) {
        return Objects.requireNonNullElse(context.request().path(), "");
    }

    private String base(RoutingContext context) {
        var authority = context.request().authority();
        String origin = parts.publicUrl().isEmpty()
                ? "http://" + (authority == null ? "localhost" : authority)
                : parts.publicUrl();
        return origin + BASE + id(context);
    }

    private static Map<String, String> flat(MultiMap query) {
        Map<String, String> flat = new HashMap<>();
        query.forEach(flat::putIfAbsent);
        return flat;
    }

    private void send(RoutingContext context, Reply reply) {
        switch (reply) {
            case Reply.File file -> parts.sender().send(context, file.download(), Ddi::refuse);
            case Reply.Text text -> write(context, text);
        }
    }

    private static void refuse(RoutingContext context, Throwable reason) {
        if (Refusals.of(reason, path(context)) instanceof Reply.Text text) {
            write(context, text);
        }
    }

    private static void write(RoutingContext context, Reply.Text text) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        text.headers().forEach(response::putHeader);
        String tag = text.headers().get("ETag");
        if (tag != null && tag.equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.setStatusCode(text.status());
        if (!text.type().isEmpty()) {
            response.putHeader("Content-Type", text.type());
        }
        response.end(Buffer.buffer(text.body()));
    }
}
