package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.release.ArtifactDigests;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// `deploymentBase`, `confirmationBase/{id}` and `installedBase`: one shape for what is to be installed, what awaits
/// somebody's word and what was installed.
final class Deployments {
    private final Database database;
    private final Campaigns campaigns;
    private final ArtifactDigests digests;
    private final InstantSource clock;

    Deployments(Database database, Campaigns campaigns, ArtifactDigests digests, InstantSource clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.digests = digests;
        this.clock = clock;
    }

    Reply deployment(Call call) {
        Reply reply = show(call, "deployment", Action.Phase.DEPLOYMENT);
        Action action = database.jdbi()
                .withHandle(handle -> find(handle, call));
        if (action.at() == DeploymentState.OFFERED) {
            // it has read what to do: that is an acceptance, and begins the time that a download may take
            var _ = campaigns.reported(call.device(), action.release(), new DeploymentEvent.Reported(
                    DeploymentState.ACCEPTED, 0, "", call.device().firmware()));
        }
        return reply;
    }

    Reply confirmation(Call call) {
        return show(call, "confirmation", Action.Phase.CONFIRMATION);
    }

    Reply installed(Call call) {
        return show(call, "deployment", Action.Phase.ENDED);
    }

    private Reply show(Call call, String field, Action.Phase wanted) {
        Instant now = clock.instant();
        return database.jdbi().withHandle(handle -> {
            Action action = find(handle, call);
            Action.Phase phase = phase(handle, call, action, now);
            if (phase != wanted) {
                throw Problem.notFound("such action of this device", call.name("action"));
            }
            Release release = Releases.find(handle, action.release()).orElseThrow();
            ObjectNode document = Json.object().put("id", Integer.toString(action.id()));
            document.set(field, deployment(call, action, release, now));
            History.into(document, handle, action, phase, call.history());
            return Reply.hal(document);
        });
    }

    static Action find(Handle handle, Call call) {
        return ActionStore.find(handle, call.device().number(), call.action())
                .orElseThrow(() -> Problem.notFound("action of this device", call.name("action")));
    }

    static Action.Phase phase(Handle handle, Call call, Action action, Instant now) {
        boolean auto = DeviceNotes.of(handle, call.device().number()).isAuto();
        return action.phase(now, Polls.timezone(call.device()), auto);
    }

    private ObjectNode deployment(Call call, Action action, Release release, Instant now) {
        String handling = action.handling(now);
        ObjectNode deployment = Json.object().put("download", handling)
                .put("update", action.isDownloadOnly() ? "skip" : handling);
        var window = action.plan().window();
        if (window != null) {
            deployment.put("maintenanceWindow",
                    window.isOpen(now, Polls.timezone(call.device())) ? "available" : "unavailable");
        }
        ObjectNode chunk = deployment.putArray("chunks").addObject().put("part", "os")
                .put("version", release.version()).put("name", release.product());
        chunk.set("artifacts", artifacts(call, release));
        return deployment;
    }

    ArrayNode artifacts(Call call, Release release) {
        ArrayNode list = Json.array();
        release.manifest().artifacts().forEach(component -> {
            var weak = digests.of(component.sha256());
            ObjectNode artifact = list.addObject().put("filename", component.name())
                    .put("size", component.size());
            artifact.putObject("hashes").put("sha1", weak.sha1()).put("md5", weak.md5())
                    .put("sha256", component.sha256());
            ObjectNode links = artifact.putObject("_links");
            String href = call.base() + "/softwaremodules/" + release.number() + "/artifacts/"
                    + component.name();
            // some clients know the one name, some the other, whatever the scheme
            for (String name : List.of("download", "download-http")) {
                links.putObject(name).put("href", href);
            }
            for (String name : List.of("md5sum", "md5sum-http")) {
                links.putObject(name).put("href", href + ".MD5SUM");
            }
        });
        return list;
    }
}
