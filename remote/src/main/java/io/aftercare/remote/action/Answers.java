package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.ActionSql.Change;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Takes what devices say of actions. The first answer counts. Thread-safe; calls block.
final class Answers {
    private static final Set<String> STATUSES = Set.of("running", "succeeded", "failed", "rejected");
    private static final int ERROR_LENGTH_MAX = 2_000;

    private final RemoteGround ground;
    private final Book book;
    private final Refusals refusals;
    private final Map<String, OutputKeeper> keepers = new ConcurrentHashMap<>();

    Answers(RemoteGround ground, Book book, Refusals refusals) {
        this.ground = ground;
        this.book = book;
        this.refusals = refusals;
    }

    void keep(String action, OutputKeeper keeper) {
        if (keepers.putIfAbsent(action, keeper) != null) {
            throw new IllegalStateException("Somebody keeps the output of " + action);
        }
    }

    private JsonNode kept(Handle handle, Action action, JsonNode result) {
        OutputKeeper keeper = keepers.get(action.action());
        return keeper != null && result.hasNonNull("output") && result instanceof ObjectNode object
                ? object.deepCopy().set("output", keeper.kept(handle, action, object.get("output")))
                : result;
    }

    /// What an answer was.
    private enum Outcome {
        TAKEN,
        LATE,
        REPEATED,
        /// For an action that is not the device's, or that nobody sent it.
        FOREIGN
    }

    /// @return false where the action is not this device's, which changes nothing
    /// @throws IllegalArgumentException where there is no such status: what a device did not say ends no action
    boolean take(DeviceId device, String id, JsonNode result) {
        if (!STATUSES.contains(result.path("status").asText())) {
            throw new IllegalArgumentException("a result's status is running, succeeded, failed or rejected");
        }
        Outcome outcome = ground.database().inTransaction(handle -> ActionSql.lock(handle, id)
                .filter(action -> action.device().equals(device.value()))
                .map(action -> take(handle, action, kept(handle, action, result))).orElse(Outcome.FOREIGN));
        ground.meters().counter("aftercare_remote_answers_total", "outcome",
                outcome.name().toLowerCase(Locale.ROOT)).increment();
        if (outcome == Outcome.FOREIGN) {
            refusals.foreign(device, id);
        }
        return outcome != Outcome.FOREIGN;
    }

    private Outcome take(Handle handle, Action before, JsonNode result) {
        ActionEvent event = switch (result.path("status").asText()) {
            case "running" -> ActionEvent.BEGIN;
            case "succeeded" -> ActionEvent.SUCCEED;
            default -> ActionEvent.FAIL; // failed or rejected
        };
        Optional<ActionState> state = before.state().after(event);
        if (state.isEmpty()) {
            return before.state().isOver() ? afterTheEnd(handle, before, result) : Outcome.FOREIGN;
        }
        Instant now = ground.now();
        boolean over = state.get().isOver();
        book.happened(handle, before, new Change(state.get(), null, null, now,
                over ? null : Deadlines.running(before, now), over ? now : null,
                result.hasNonNull("output") ? result.get("output") : null, error(result)));
        return Outcome.TAKEN;
    }

    // Kept once, and once more where the first was only that it is at work: a device cannot write without end.
    private Outcome afterTheEnd(Handle handle, Action before, JsonNode result) {
        boolean answered = before.sentAt() != null
                && (before.state() == ActionState.SUCCEEDED || before.state() == ActionState.FAILED);
        JsonNode said = before.lateResult();
        boolean news = said == null
                || said.path("status").asText().equals("running")
                        && !result.path("status").asText().equals("running");
        if (answered || !news) {
            return Outcome.REPEATED;
        }
        book.late(handle, before, result);
        return Outcome.LATE;
    }

    private static @Nullable String error(JsonNode result) {
        if (!result.hasNonNull("error")) {
            return result.path("status").asText().equals("rejected") ? "rejected by the device" : null;
        }
        String error = result.get("error").isTextual()
                ? result.get("error").asText()
                : result.get("error").toString();
        return error.length() > ERROR_LENGTH_MAX ? error.substring(0, ERROR_LENGTH_MAX) : error;
    }
}
