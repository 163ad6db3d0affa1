package io.aftercare.remote.action;

import org.jdbi.v3.core.Handle;

/// Hears of actions that end, in the transaction that ends them: what it throws keeps the action from ending, and what it
/// locks it locks before the audit's end. It asks for no action itself there; the outbox's `action.ended` is for that.
public interface ActionListener {
    /// The action is over, however that came.
    default void ended(Handle handle, Action action) {}

    /// The device said something after the action was over; [Action#lateResult] has it.
    default void late(Handle handle, Action action) {}
}
