package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.deployment.DeploymentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What a device says of an action: `{status:{execution,result:{finished,progress?},code?,details?}}`. Fields that nobody
/// knows are passed over: SWUpdate sends `time` and an `id` that is a number.
///
/// @param failed   whether `finished` is `failure`
/// @param progress percent, -1 where it is not said
/// @param details  the device's own words, with its status code
record Feedback(Execution execution, boolean failed, int progress, List<String> details) {

    /// What the device is at.
    enum Execution {
        CLOSED, CANCELED, REJECTED, DOWNLOAD, DOWNLOADED, PROCEEDING, SCHEDULED, RESUMED
    }

    Feedback {
        details = List.copyOf(details);
    }

    /// A [Problem] 400 says what of it is wrong.
    static Feedback parse(JsonNode body) {
        JsonNode status = body.path("status");
        JsonNode result = status.path("result");
        Execution execution = execution(status.path("execution").asText(""));
        String finished = result.path("finished").asText("").toLowerCase(Locale.ROOT);
        if (!List.of("success", "failure", "none").contains(finished)) {
            throw Problem.badRequest("status.result.finished is success, failure or none");
        }
        return new Feedback(execution, finished.equals("failure"), progress(result.path("progress")),
                details(status));
    }

    private static Execution execution(String text) {
        for (Execution each : Execution.values()) {
            if (each.name().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw Problem.badRequest("status.execution is closed, canceled, rejected, download, downloaded, "
                + "proceeding, scheduled or resumed");
    }

    private static int progress(JsonNode progress) {
        int of = progress.path("of").asInt();
        return of <= 0 ? -1 : Math.clamp(100L * progress.path("cnt").asInt() / of, 0, 100);
    }

    private static List<String> details(JsonNode status) {
        return details(status.path("code"), status.path("details"));
    }

    /// The device's words, at most [History#DETAILS_MAX], or a [Problem] 429.
    static List<String> details(JsonNode code, JsonNode given) {
        if (given.size() > History.DETAILS_MAX) {
            throw Refusals.tooMany("At most " + History.DETAILS_MAX + " details are taken with one feedback");
        }
        List<String> details = new ArrayList<>();
        if (given.isTextual()) {
            details.add(given.asText());
        }
        given.forEach(each -> details.add(each.asText()));
        OptionalInt number = code.isInt() ? OptionalInt.of(code.asInt()) : OptionalInt.empty();
        number.ifPresent(value -> details.add("Device reported status code: " + value));
        return details;
    }

    /// The deployment's state that follows, null where there is none.
    ///
    /// @param runs whether the device is known to run the release
    @Nullable
    DeploymentState state(Action action, boolean runs) {
        return switch (execution) {
            case CLOSED -> failed ? DeploymentState.FAILED : done(action, runs);
            case CANCELED -> DeploymentState.FAILED;
            case REJECTED -> DeploymentState.DEFERRED;
            case SCHEDULED -> DeploymentState.ACCEPTED;
            case DOWNLOAD -> DeploymentState.DOWNLOADING;
            case DOWNLOADED -> DeploymentState.DOWNLOADED;
            case PROCEEDING, RESUMED -> ahead(progress == 100 ? DeploymentState.DOWNLOADED : action.at());
        };
    }

    // "Installed" is no "confirmed": most clients say so before they restart
    private static DeploymentState done(Action action, boolean runs) {
        if (action.isDownloadOnly()) {
            return DeploymentState.DOWNLOADED;
        }
        return runs ? DeploymentState.CONFIRMED : DeploymentState.REBOOTING;
    }

    // the protocol does not tell a download in progress from an installation; what came before it does, and when all is done
    // (SWUpdate's "All Chunks Installed") there is nothing to be cancelled any more
    private static @Nullable DeploymentState ahead(DeploymentState at) {
        return switch (at) {
            case OFFERED, ACCEPTED, DEFERRED, DOWNLOADING -> DeploymentState.DOWNLOADING;
            case DOWNLOADED, VERIFYING, INSTALLING -> DeploymentState.INSTALLING;
            case REBOOTING -> DeploymentState.REBOOTING;
            case PENDING, CONFIRMED, FAILED, ROLLED_BACK, CANCELLED, SKIPPED -> null;
        };
    }
}
