package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A runbook that is carried out for a case, as it stands at one moment. Immutable; [RunFlow] decides what becomes of it.
///
/// @param version grows with every change
/// @param at      the step that is being done; the last one where it is over
/// @param end     null while it goes on
record Run(Head head, int version, RunState state, At at, Memory memory, List<Line> lines,
        @Nullable End end) {
    Run {
        lines = List.copyOf(lines);
    }

    /// What never changes.
    ///
    /// @param device of the case, empty while it is not known
    /// @param code   of the case's fault, empty where it has none
    /// @param byRule whether the fault's rule began it, and no person
    record Head(long id, long ticket, String device, String model, String code, long runbook, int edition,
            String name, Asker startedBy, boolean byRule, Instant startedAt) {}

    /// The step that is being done.
    ///
    /// @param visit  the how manieth, from 1
    /// @param wake   when to look again, null where nobody waits for time
    /// @param action the id of the remote action that it waits for
    /// @param asker  in whose name the action is asked for
    /// @param isConfirmed whether somebody has confirmed the action
    /// @param tries  how often the action was put off because there were too many
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record At(int step, int visit, Instant since, @Nullable Instant wake, @Nullable String action,
            Asker asker,
            boolean isConfirmed, int tries) {}

    /// What steps may want to know of those before.
    ///
    /// @param classes  of the actions, as the product has them
    /// @param before   what the metrics were before the run began
    /// @param acted    when the device did the last action that succeeded
    /// @param selfTest what the last self-test said
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Memory(Map<String, String> classes, Map<String, Double> before, @Nullable Instant acted,
            @Nullable JsonNode selfTest) {
        Memory {
            classes = Map.copyOf(classes);
            before = Map.copyOf(before);
        }
    }

    /// @param result null where it failed or was cancelled
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record End(@Nullable Result result, String reason, Instant at) {}

    boolean isOpen() {
        return state.isOpen();
    }

    /// Since when samples say something of what was done.
    Instant mark() {
        return memory.acted() == null ? head.startedAt() : memory.acted();
    }
}
