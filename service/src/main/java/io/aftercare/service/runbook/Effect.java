package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.runbook.Run.End;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run wants done, in the transaction that stores it.
sealed interface Effect {
    /// Look at the device now, and let [RunEvent.Looked] happen.
    record Look(Condition condition) implements Effect {}

    /// Ask for the action of the step that the run is at.
    record Request(int visit, int tries) implements Effect {}

    /// Write into the case's timeline.
    record Tell(Instant at, String text, @Nullable JsonNode data) implements Effect {}

    /// The run is over.
    ///
    /// @param evidence why it is believed to be fixed, empty where it is not
    /// @param acted    when the device did what mends it
    record Finish(End end, String evidence, Instant acted) implements Effect {}
}
