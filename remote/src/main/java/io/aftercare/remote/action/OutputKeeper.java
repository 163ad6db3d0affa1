package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import org.jdbi.v3.core.Handle;

/// A room that decides what is kept of what a device brings, before it is written anywhere.
@FunctionalInterface
public interface OutputKeeper {
    /// Called in the transaction that takes the answer, with the action locked; at times more than once for the same answer.
    ///
    /// @param action as it was before the answer
    /// @param output as the device sent it
    /// @return what the action keeps of it
    JsonNode kept(Handle handle, Action action, JsonNode output);
}
