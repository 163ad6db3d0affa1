package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.release.Manifest;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/// `GET, HEAD /device/v1/{id}/artifacts/{sha256}`: what a device is to install, and nothing else, to that device.
final class ArtifactRoutes {
    private static final int LOOKUPS_MAX = 64;

    private final Database database;
    private final Devices devices;
    private final ArtifactSender sender;
    private final ExecutorService threads;
    private final Semaphore permits = new Semaphore(LOOKUPS_MAX);

    ArtifactRoutes(Database database, Devices devices, ArtifactSender sender,
            ExecutorService virtualThreads) {
        this.database = database;
        this.devices = devices;
        this.sender = sender;
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
                ArtifactSender.Download found = find(context);
                loop.runOnContext(_ -> sender.send(context, found, ArtifactRoutes::refuse));
            } catch (RuntimeException e) {
                loop.runOnContext(_ -> refuse(context, e));
            } finally {
                permits.release();
            }
        });
    }

    private ArtifactSender.Download find(RoutingContext context) {
        Device device = devices.require(parameter(context, "id"),
                context.request().getHeader("Authorization"));
        String sha256 = parameter(context, "sha256");
        Assigned assigned = Assigned.of(database, device);
        if (assigned != null && assigned.release().withdrawal() == null) {
            for (Manifest.Component component : assigned.release().manifest().files()) {
                if (component.sha256().equals(sha256)) {
                    return new ArtifactSender.Download(component, sha256,
                            assigned.release().uploadedAt(), assigned);
                }
            }
        }
        Withdrawn.reason(database, device, sha256).ifPresent(reason -> {
            throw Problem.of(410, "Gone", reason);
        });
        // one answer for what there is not and what is not for this device
        throw Problem.notFound("artifact assigned to this device with sha256", sha256);
    }

    private static String parameter(RoutingContext context, String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    private static void refuse(RoutingContext context, Throwable reason) {
        Gate.send(context.response(), Gate.problem(reason, context.request().uri()));
    }
}
