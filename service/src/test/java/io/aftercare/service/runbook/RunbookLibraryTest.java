package io.aftercare.service.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every ready runbook comes to an end, whatever the device answers: with all well, with nothing well, and with a device that
/// refuses.
class RunbookLibraryTest {
    private static final JsonNode SELF_TEST = Json
            .parse("""
                    {"passed":false,"tests":[{"name":"fuser_temp","passed":true,"value":190,"limit":"0 to 300 °C"}]}""");

    static List<RunbookLibrary.Entry> ready() {
        return RunbookLibrary.read();
    }

    @ParameterizedTest
    @MethodSource("ready")
    void aReadyRunbookSaysWhatItIsForAndComesToAnEnd(RunbookLibrary.Entry entry) {
        Procedure procedure = entry.procedure();
        assertThat(entry.name()).isNotBlank();
        assertThat(procedure.about().models()).isNotEmpty();
        assertThat(procedure.about().codes()).isNotEmpty();
        assertThat(procedure.steps()).filteredOn(Step.Act.class::isInstance)
                .allSatisfy(step -> assertThat(((Step.Act) step).actionClass()).isIn("A", "B"));
        for (boolean holds : List.of(true, false)) {
            for (String state : List.of("succeeded", "failed")) {
                Run over = walked(procedure, holds, state);
                assertThat(over.isOpen()).as(entry.file() + " " + holds + " " + state).isFalse();
                boolean mends = procedure.steps().stream()
                        .anyMatch(step -> step instanceof Step.End end && end.result() == Result.FIXED);
                boolean fixed = Objects.requireNonNull(over.end()).result() == Result.FIXED;
                assertThat(fixed).as(entry.file() + " " + holds + " " + state)
                        .isEqualTo(mends && holds && state.equals("succeeded"));
            }
        }
    }

    private static Run walked(Procedure procedure, boolean holds, String state) {
        Map<String, String> classes = new HashMap<>();
        procedure.actions().forEach(action -> classes.put(action, "B"));
        Instant now = Scripts.T0;
        RunFlow.Done done = RunFlow.begin(procedure, Scripts.head(Scripts.ANN), classes, Map.of());
        Run run = done.run();
        Deque<Effect> open = new ArrayDeque<>(done.effects());
        for (int i = 0; i < 500 && run.isOpen(); i++) {
            RunEvent event;
            Effect effect = open.poll();
            if (effect instanceof Effect.Look) {
                event = new RunEvent.Looked(Scripts.verdict(holds));
            } else if (effect instanceof Effect.Request request) {
                event = new RunEvent.Accepted(request.visit(),
                        new RemoteActions.Asked("a1", state, true, SELF_TEST, null));
            } else if (effect != null) {
                continue;
            } else {
                now = now.plus(Duration.ofMinutes(1));
                event = switch (procedure.step(run.at().step())) {
                    case Step.Manual _ -> new RunEvent.Told(Scripts.ANN, run.at().step(), "done", "");
                    case Step.Ask ask -> new RunEvent.Answered(Scripts.ANN, run.at().step(),
                            ask.choices().getFirst().answer(), "");
                    case Step.Act _, Step.Check _, Step.Wait _, Step.Branch _, Step.End _ -> new RunEvent.Due();
                };
            }
            RunFlow.Done next = (RunFlow.Done) RunFlow.next(procedure, run, event, now);
            run = next.run();
            open.addAll(next.effects());
        }
        return run;
    }
}
