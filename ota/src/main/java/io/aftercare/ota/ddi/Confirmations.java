package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `confirmationBase`: where a campaign asks that somebody at the device agrees first.
final class Confirmations {
    private final Database database;
    private final Campaigns campaigns;
    private final Quiet quiet;
    private final InstantSource clock;

    Confirmations(Database database, Campaigns campaigns, Quiet quiet, InstantSource clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.quiet = quiet;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Reply show(Call call) {
        int device = call.device().number();
        return database.jdbi().withHandle(handle -> {
            DeviceNotes notes = DeviceNotes.of(handle, device);
            ObjectNode document = Json.object();
            document.set("autoConfirm", auto(notes));
            ObjectNode links = document.putObject("_links");
            String other = notes.isAuto() ? "deactivateAutoConfirm" : "activateAutoConfirm";
            links.putObject(other).put("href", call.base() + "/confirmationBase/" + other);
            Optional<Action> waiting = ActionStore.active(handle, device).filter(action -> action.id() != 0
                    && action.phase(now(), Polls.timezone(call.device()),
                            notes.isAuto()) == Action.Phase.CONFIRMATION);
            waiting.ifPresent(action -> links.putObject("confirmationBase").put("href",
                    call.base() + "/confirmationBase/" + action.id() + "?c="
                            + action.check(action.id(), now(), Polls.timezone(call.device()))));
            return Reply.hal(document);
        });
    }

    private static ObjectNode auto(DeviceNotes notes) {
        ObjectNode auto = Json.object().put("active", notes.isAuto());
        if (notes.autoAt() != null) {
            auto.put("initiator", notes.autoInitiator()).put("remark", notes.autoRemark())
                    .put("activatedAt", notes.autoAt().toEpochMilli());
        }
        return auto;
    }

    Reply feedback(Call call) {
        JsonNode body = call.json();
        boolean confirmed = switch (body.path("confirmation").asText("")) {
            case "confirmed" -> true;
            case "denied" -> false;
            default -> throw Problem.badRequest("confirmation is confirmed or denied");
        };
        List<String> details = Feedback.details(body.path("code"), body.path("details"));
        Instant now = now();
        Action action = database.jdbi().withHandle(handle -> {
            Action found = Deployments.find(handle, call);
            return switch (Deployments.phase(handle, call, found, now)) {
                case CONFIRMATION -> found;
                case ENDED -> throw Refusals.gone(found.id());
                case WITHHELD, DEPLOYMENT, CANCEL ->
                    throw Problem.notFound("action that waits for confirmation", call.name("action"));
            };
        });
        List<String> words = History.or(details, confirmed ? "Target confirmed" : "Target denied");
        database.useTransaction(handle -> {
            if (History.count(handle, action.id()) >= History.STATUSES_MAX) {
                throw Refusals.tooMany("At most " + History.STATUSES_MAX + " words are taken of one action");
            }
            History.append(handle, action.id(), words, now);
        });
        var _ = campaigns.reported(call.device(), action.release(),
                new DeploymentEvent.Reported(
                        confirmed ? DeploymentState.ACCEPTED : DeploymentState.DEFERRED, 0,
                        confirmed ? "" : String.join("; ", words), call.device().firmware()));
        return Reply.done();
    }

    Reply activate(Call call) {
        JsonNode body = call.json();
        set(call, now(), body.path("initiator").asText(null), body.path("remark").asText(null));
        return Reply.done();
    }

    Reply deactivate(Call call) {
        set(call, null, null, null);
        return Reply.done();
    }

    private void set(Call call, @Nullable Instant at, @Nullable String initiator, @Nullable String remark) {
        int device = call.device().number();
        database.useTransaction(handle -> {
            if (DeviceNotes.lock(handle, device).isAuto() && at != null) {
                throw Problem.conflict("Auto-confirmation is active already");
            }
            DeviceNotes.auto(handle, device, at, initiator, remark);
        });
        quiet.forget(device);
    }
}
