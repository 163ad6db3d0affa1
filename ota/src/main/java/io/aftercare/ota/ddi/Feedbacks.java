package io.aftercare.ota.ddi;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// `deploymentBase/{id}/feedback` and `cancelAction/{id}/feedback`. The campaign hears first, because what it is told twice
/// harms nothing; then the device's words are kept and the action is ended. Killed between the two, it is asked for again.
final class Feedbacks {
    private final Database database;
    private final Devices devices;
    private final Campaigns campaigns;
    private final DdiConfig config;
    private final Quiet quiet;
    private final InstantSource clock;

    Feedbacks(Database database, Devices devices, Campaigns campaigns, DdiConfig config, Quiet quiet,
            InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.campaigns = campaigns;
        this.config = config;
        this.quiet = quiet;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Reply deployment(Call call) {
        Feedback feedback = Feedback.parse(call.json());
        Instant now = now();
        Action action = database.jdbi().withHandle(handle -> {
            Action found = Deployments.find(handle, call);
            switch (Deployments.phase(handle, call, found, now)) {
                case ENDED -> throw Refusals.gone(found.id());
                case CONFIRMATION, WITHHELD ->
                    throw Problem.notFound("such action to be installed", call.name("action"));
                case DEPLOYMENT, CANCEL -> {
                }
            }
            if (!ends(feedback) && History.count(handle, found.id()) >= History.STATUSES_MAX) {
                throw Refusals.tooMany("At most " + History.STATUSES_MAX + " words are taken of one action");
            }
            return found;
        });
        tell(call.device(), action, feedback);
        keep(action, History.or(feedback.details(), "Target reported " + lower(feedback)), ending(feedback),
                now);
        quiet.forget(call.device().number());
        return Reply.done();
    }

    private void tell(Device before, Action action, Feedback feedback) {
        if (!action.open()) {
            return; // the campaign has given it up, and another one may be at work with the same release
        }
        boolean closed = feedback.execution() == Feedback.Execution.CLOSED && !feedback.failed();
        Device device = closed && !action.isDownloadOnly() ? proven(before, action) : before;
        DeploymentState state = feedback.state(action, device.firmware().equals(action.version()));
        if (state == null) {
            return;
        }
        String error = state == DeploymentState.FAILED || state == DeploymentState.DEFERRED
                ? String.join("; ", History.or(feedback.details(), "the device reported " + lower(feedback)))
                : "";
        int progress = feedback.progress() < 0 ? 0 : feedback.progress();
        var _ = campaigns.reported(device, action.release(),
                new DeploymentEvent.Reported(state, progress, error, device.firmware()));
    }

    /// A device that never states its version is taken at its word, where the operator has said so.
    private Device proven(Device device, Action action) {
        boolean byWord = config.proof() == DdiConfig.Proof.CLOSED && !database.jdbi().withHandle(
                handle -> Stated.of(DeviceNotes.of(handle, device.number()).attributes()).hasVersion());
        return byWord ? devices.reported(device.id(), action.version(), null) : device;
    }

    private static String lower(Feedback feedback) {
        return feedback.execution().name().toLowerCase(Locale.ROOT) + (feedback.failed() ? ", failure" : "");
    }

    private static boolean ends(Feedback feedback) {
        return !ending(feedback).isEmpty();
    }

    /// How the action ends by it, empty where it goes on.
    private static String ending(Feedback feedback) {
        return switch (feedback.execution()) {
            case CLOSED -> feedback.failed() ? Action.ERROR : Action.FINISHED;
            case CANCELED -> Action.CANCELED;
            case REJECTED, DOWNLOAD, DOWNLOADED, PROCEEDING, SCHEDULED, RESUMED -> "";
        };
    }

    Reply cancel(Call call) {
        Feedback feedback = Feedback.parse(call.json());
        Instant now = now();
        Action action = database.jdbi().withHandle(handle -> {
            Action found = Deployments.find(handle, call);
            if (Deployments.phase(handle, call, found, now) != Action.Phase.CANCEL) {
                throw Problem.of(405, "Method not allowed",
                        "Action " + found.id() + " is not being cancelled");
            }
            return found;
        });
        List<String> words = History.or(feedback.details(),
                "Target answered the cancellation: " + lower(feedback));
        switch (feedback.execution()) {
            case CLOSED -> keep(action, words, feedback.failed() ? Action.ERROR : Action.CANCELED, now);
            case REJECTED -> {
                keep(action, words, "", now);
                database.useTransaction(handle -> ActionStore.keep(handle, action.id()));
            }
            case CANCELED, DOWNLOAD, DOWNLOADED, PROCEEDING, SCHEDULED, RESUMED ->
                keep(action, words, "", now);
        }
        quiet.forget(call.device().number());
        return Reply.done();
    }

    private void keep(Action action, List<String> words, String ending, Instant now) {
        database.useTransaction(handle -> {
            History.append(handle, action.id(), words, now);
            if (!ending.isEmpty()) {
                ActionStore.end(handle, action.id(), ending, now);
            }
        });
    }
}
