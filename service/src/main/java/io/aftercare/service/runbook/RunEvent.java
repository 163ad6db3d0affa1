package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What can happen to a run.
sealed interface RunEvent {
    /// What a condition showed that the run wanted to look at.
    record Looked(Verdict verdict) implements RunEvent {}

    /// The time that it waited for has come.
    record Due() implements RunEvent {}

    /// The action is asked for; it waits for its approval, for the device, or is over already.
    record Accepted(int visit, RemoteActions.Asked action) implements RunEvent {}

    /// The action may not be.
    ///
    /// @param status as HTTP has it
    record Denied(int visit, int status, String why) implements RunEvent {}

    /// The action is over.
    ///
    /// @param state such as `succeeded`, as the remote action's
    record Ended(String action, String state, @Nullable JsonNode output, @Nullable String error)
            implements
                RunEvent {}

    /// Somebody says how a step went that they did.
    record Told(Asker who, int step, String result, String note) implements RunEvent {}

    record Answered(Asker who, int step, String answer, String note) implements RunEvent {}

    /// Somebody says that an action is to be.
    ///
    /// @param confirm the device's id for a dangerous one
    record Confirmed(Asker who, int step, String confirm) implements RunEvent {}

    record Cancelled(Asker who, String reason) implements RunEvent {}

    /// The case that it is for is over.
    record CaseOver(String why) implements RunEvent {}
}
