package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.release.ArtifactStore;
import io.aftercare.ota.release.Manifest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET, HEAD /device/v1/{id}/artifacts/{sha256}`: what a device is to install, and nothing else, to that device. Whole or
/// in single ranges, sent by the kernel without passing through memory unless a rate slows it; writes no row.
final class ArtifactRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactRoutes.class);
    private static final int LOOKUPS_MAX = 64;

    private final Database database;
    private final Devices devices;
    private final ArtifactStore artifacts;
    private final Pace pace;
    private final ExecutorService threads;
    private final Semaphore permits = new Semaphore(LOOKUPS_MAX);

    ArtifactRoutes(Database database, Devices devices, ArtifactStore artifacts, Pace pace,
            ExecutorService virtualThreads) {
        this.database = database;
        this.devices = devices;
        this.artifacts = artifacts;
        this.pace = pace;
        this.threads = virtualThreads;
    }

    void bind(Operations operations) {
        operations.onStream("downloadArtifact", (context, _) -> handle(context));
        operations.onStream("checkArtifact", (context, _) -> handle(context));
    }

    private void handle(RoutingContext context) {
        context.request().resume();
        Context loop = context.vertx().getOrCreateContext();
        threads.execute(() -> {
            permits.acquireUninterruptibly();
            try {
                Found found = find(context);
                loop.runOnContext(_ -> send(context, found));
            } catch (RuntimeException e) {
                loop.runOnContext(
                        _ -> Gate.send(context.response(), Gate.problem(e, context.request().uri())));
            } finally {
                permits.release();
            }
        });
    }

    private record Found(Manifest.Component component, Assigned assigned) {}

    private Found find(RoutingContext context) {
        Device device = authenticate(context);
        String sha256 = parameter(context, "sha256");
        Assigned assigned = Assigned.of(database, device);
        if (assigned != null) {
            for (Manifest.Component component : assigned.release().manifest().artifacts()) {
                if (component.sha256().equals(sha256)) {
                    return new Found(component, assigned);
                }
            }
        }
        // one answer for what there is not and what is not for this device
        throw Problem.notFound("artifact assigned to this device with sha256", sha256);
    }

    private Device authenticate(RoutingContext context) {
        String id = parameter(context, "id");
        String secret = DeviceToken.ofBearer(context.request().getHeader("Authorization"));
        if (!secret.isEmpty() && DeviceId.isSerial(id)) {
            var device = devices.authenticate(new DeviceId(id), secret);
            if (device.isPresent()) {
                return device.get();
            }
        }
        throw Problem.unauthorized("Send the device's own token: Authorization: Bearer <token>");
    }

    private static String parameter(RoutingContext context, String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    private void send(RoutingContext context, Found found) {
        Manifest.Component component = found.component();
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        String etag = "\"" + component.sha256() + "\"";
        response.putHeader("ETag", etag).putHeader("Accept-Ranges", "bytes")
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "private, immutable, max-age=31536000")
                .putHeader("Content-Disposition", "attachment; filename=\"" + component.name() + "\"");
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        // a range of a file that has changed since would be glued to the wrong beginning
        String ifRange = request.getHeader("If-Range");
        boolean same = ifRange == null || ifRange.equals(etag);
        boolean ranged = same && request.method().equals(HttpMethod.GET);
        switch (ByteRange.of(ranged ? request.getHeader("Range") : null, component.size())) {
            case ByteRange.Whole _ -> transfer(context, found, 0, component.size());
            case ByteRange.Part part -> {
                response.setStatusCode(206).putHeader("Content-Range",
                        "bytes " + part.first() + "-" + part.last() + "/" + component.size());
                transfer(context, found, part.first(), part.length());
            }
            case ByteRange.Unsatisfiable _ -> {
                response.putHeader("Content-Range", "bytes */" + component.size()).headers()
                        .remove("Content-Type");
                Gate.send(response, Gate.problem(Problem.of(416, "Range not satisfiable",
                        "The artifact has " + component.size() + " bytes"), request.uri()));
            }
        }
    }

    private void transfer(RoutingContext context, Found found, long from, long length) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Long.toString(length)).end();
            return;
        }
        Path file = artifacts.path(found.component().sha256());
        long bytesPerSecond = found.assigned().plan().rate().bytesPerSecond();
        Future<Void> sent = bytesPerSecond == 0
                ? response.sendFile(file.toString(), from, length)
                : new PacedTransfer(context.vertx(), response, pace, found.assigned().campaign(),
                        bytesPerSecond)
                        .send(file, from, length);
        sent.onFailure(failure -> {
            if (response.headWritten()) {
                LOG.debug("A download of {} broke off: {}", file, failure.toString());
                return; // the device comes back for the rest
            }
            LOG.error("An artifact cannot be read from {}", file, failure);
            Gate.send(response, Gate.problem(failure, request.uri()));
        });
    }
}
