package io.aftercare.ota.ddi;

import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What went wrong, as hawkBit says it: `{exceptionClass, errorCode, message}` with its own names, because clients may look at
/// them.
final class Refusals {
    private static final String PACKAGE = "org.eclipse.hawkbit.repository.exception.";

    private record Names(String exception, String code) {}

    private Refusals() {}

    static Problem tooMany(String detail) {
        return Problem.of(429, "Too many", detail);
    }

    /// 410: the action is not active any more.
    static Problem gone(int action) {
        return Problem.of(410, "Gone", "Action " + action + " is not active any more");
    }

    /// Anything but a [Problem] becomes a 500 that says nothing of the inside and is found in the log.
    static Reply of(Throwable failure, String path) {
        Problem problem = failure instanceof Problem known ? known : hidden(failure, path);
        Names names = names(problem.status());
        byte[] body = Json.text(Json.object().put("exceptionClass", PACKAGE + names.exception())
                .put("errorCode", "hawkbit.server.error." + names.code())
                .put("message", problem.getMessage())).getBytes(StandardCharsets.UTF_8);
        return new Reply.Text(problem.status(), "application/json", body, switch (problem.status()) {
            case 401 -> Map.of("WWW-Authenticate", "TargetToken realm=\"aftercare\"");
            case 429, 503 -> Map.of("Retry-After", "30");
            default -> Map.of();
        });
    }

    private static Problem hidden(Throwable failure, String path) {
        var answer = Gate.problem(failure, path);
        return Problem.of(answer.status(), "Internal error", "Something broke here; the log knows what");
    }

    private static Names names(int status) {
        return switch (status) {
            case 400 -> new Names("MessageNotReadableException", "rest.body.notReadable");
            case 401 -> new Names("InsufficientPermissionException", "insufficientPermission");
            case 404 -> new Names("EntityNotFoundException", "repo.entityNotFound");
            case 405 -> new Names("CancelActionNotAllowedException", "action.notCancelable");
            case 409 -> new Names("AutoConfirmationAlreadyActiveException", "repo.autoConfAlreadyActive");
            case 410 -> new Names("InvalidConfirmationFeedbackException", "repo.constraintViolation");
            case 429 -> new Names("AssignmentQuotaExceededException", "quota.tooManyEntries");
            default -> new Names("GenericSpServerException", "repo.genericError");
        };
    }
}
