package io.aftercare.ota.ddi;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.delivery.ArtifactSender;
import io.aftercare.ota.delivery.Assigned;
import io.aftercare.ota.release.ArtifactDigests;
import io.aftercare.ota.release.Manifest;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import io.aftercare.ota.release.Withdrawal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// `softwaremodules/{module}/artifacts`: the files of a release, which is one module here, for devices that are to install it.
final class Artifacts {
    private static final String MD5SUM = ".MD5SUM";

    private final Database database;
    private final Deployments deployments;
    private final ArtifactDigests digests;
    private final InstantSource clock;

    Artifacts(Database database, Deployments deployments, ArtifactDigests digests, InstantSource clock) {
        this.database = database;
        this.deployments = deployments;
        this.digests = digests;
        this.clock = clock;
    }

    /// An action of the device's with the release that it brings.
    private record Entitled(Action action, Release release) {}

    Reply list(Call call) {
        return database.jdbi().withHandle(
                handle -> Reply.hal(deployments.artifacts(call, entitled(handle, call, true).release())));
    }

    Reply file(Call call) {
        String name = call.name("file");
        boolean sum = name.endsWith(MD5SUM);
        String wanted = sum ? name.substring(0, name.length() - MD5SUM.length()) : name;
        Entitled entitled = database.jdbi().withHandle(handle -> entitled(handle, call, false));
        Withdrawal withdrawal = entitled.release().withdrawal();
        if (withdrawal != null) {
            throw Problem.of(410, "Gone", withdrawal.text(entitled.release().id()));
        }
        for (Manifest.Component component : entitled.release().manifest().artifacts()) {
            if (component.name().equals(wanted)) {
                return sum ? sum(component) : file(component, entitled);
            }
        }
        throw Problem.notFound("file of this module", wanted);
    }

    private Reply sum(Manifest.Component component) {
        String line = digests.of(component.sha256()).md5() + "  " + component.name();
        return new Reply.Text(200, "text/plain", line.getBytes(StandardCharsets.US_ASCII),
                Map.of("Content-Disposition", "attachment; filename=\"" + component.name() + MD5SUM + "\""));
    }

    private Reply file(Manifest.Component component, Entitled entitled) {
        Action action = entitled.action();
        Release release = entitled.release();
        Assigned assigned = new Assigned(action.campaign(), action.campaignId(), action.campaignState(),
                action.at(), action.plan(), release);
        return new Reply.File(new ArtifactSender.Download(component, digests.of(component.sha256()).sha1(),
                release.uploadedAt(), assigned));
    }

    /// @param looking whether the device only wants to know what there is, which it may also of what it has installed
    private Entitled entitled(Handle handle, Call call, boolean looking) {
        Instant now = clock.instant();
        for (Action action : ActionStore.of(handle, call.device().number(), call.number("module"))) {
            boolean may = switch (Deployments.phase(handle, call, action, now)) {
                case DEPLOYMENT -> true;
                case CONFIRMATION -> looking;
                case ENDED -> looking && Action.FINISHED.equals(action.ended());
                case WITHHELD, CANCEL -> false;
            };
            if (may) {
                return new Entitled(action, Releases.find(handle, action.release()).orElseThrow());
            }
        }
        throw Problem.notFound("module assigned to this device", call.name("module"));
    }
}
