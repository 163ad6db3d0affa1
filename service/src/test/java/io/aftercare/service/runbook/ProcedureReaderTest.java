package io.aftercare.service.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcedureReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "[{'zh':'关'}]                                              | steps[0].en           | a text",
            "[{'wait':'2 minutes'}]                                      | steps[0].wait         | ISO 8601",
            "[{'wait':'PT2M','zh':'等','en':'Wait'}]                     | steps[0].zh           | no such field",
            "[{'wait':'PT2M','check':{'online':true}}]                   | steps[0]              | one thing",
            "[{'check':{'metric':'m','op':'=<','value':1}}]              | steps[0].check.op     | one of",
            "[{'check':{'metric':'m','op':'<','value':'x'}}]             | steps[0].check.value  | a number",
            "[{'check':{'metric':'m m','op':'<','value':1}}]             | steps[0].check.metric | metric's name",
            "[{'check':{'metric':'m','op':'<','value':1,'over':'P2D'}}]  | steps[0].check.over   | from PT1S to PT1H",
            "[{'check':{'metric':'m','fault':'cleared'}}]                | steps[0].check        | looks at one of",
            "[{'check':{'fault':'gone'}}]                                | steps[0].check.fault  | cleared is needed",
            "[{'action':{'action':'x','class':'E'}}]                     | steps[0].action.class | A, B, C, D",
            "[{'action':{'action':'x','params':[1]}}]                    | steps[0].action.params | an object",
            "[{'action':{'action':'x','onFail':'away'}}]                 | steps[0]              | no step has the label away",
            "[{'ask':{'zh':'吗','en':'?','choices':[]}}]                 | steps[0].ask.choices  | at least one answer",
            "[{'end':{'result':'great'}}]                                | steps[0].end.result   | fixed, not-fixed",
            "[{'end':{'result':'fixed'}},{'wait':'PT1M'}]                | steps[1]              | nothing leads to this step",
            "[{'label':'a','wait':'PT1M'},{'label':'a','wait':'PT1M'}]   | steps[1].label        | a step a already",
            "[{'label':'a','branch':{'if':{'online':true},'then':'a'}}]  | steps[0]              | leads back to itself",
            "[]                                                          | steps                 | at least one step"})
    void whatIsWrongIsToldAtItsPlace(String steps, String field, String message) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ProcedureReader.read(null, Json.parse(steps.strip().replace('\'', '"'))))
                .satisfies(problem -> assertThat(problem.body().get("errors"))
                        .anySatisfy(error -> {
                            assertThat(error.get("field").asText()).isEqualTo(field.strip());
                            assertThat(error.get("message").asText()).contains(message.strip());
                        }));
    }

    @Test
    void aNameAndTheReasonOfAnEndMayBeWrittenInOtherLanguages() {
        Procedure procedure = ProcedureReader.read(Json.parse("{\"names\":{\"zh\":\"重启\"}}"),
                Json.parse("[{\"end\":{\"result\":\"dispatch\",\"reason\":\"still slow\",\"zh\":\"仍慢\"}}]"));
        assertThat(procedure.about().names()).isEqualTo(Map.of("zh", "重启"));
        assertThat(procedure.step(1)).isEqualTo(new Step.End("", Result.DISPATCH, "still slow"));
        assertThatExceptionOfType(Problem.class).isThrownBy(
                () -> ProcedureReader.read(Json.parse("{\"names\":{\"fr\":\"x\"}}"),
                        Json.parse("[{\"wait\":\"PT1M\"}]")))
                .satisfies(problem -> assertThat(problem.body().get("errors").get(0).get("field").asText())
                        .isEqualTo("about.names.fr"));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ProcedureReader.read(Json.parse("{\"soak\":\"PT0S\",\"model\":[\"RT\"]}"),
                        Json.parse("[{\"wait\":1},{\"check\":{}}]")))
                .satisfies(problem -> assertThat(problem.body().get("errors").findValuesAsText("field"))
                        .containsExactly("about.model", "about.soak", "steps[0].wait", "steps[1].check"));
    }

    @Test
    void theOldFormOfStepsForPeopleGoesOn() {
        Procedure procedure = Scripts
                .procedure("[{\"zh\":\"关机\",\"en\":\"Switch off\",\"expect\":\"dark\"}]");
        assertThat(procedure.isManual()).isTrue();
        assertThat(procedure.step(1)).isEqualTo(new Step.Manual("", "关机", "Switch off", "dark", null));
        assertThat(procedure.about().soak()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aLoopThatTakesTimeIsAllowedAndBounded() {
        Procedure loop = Scripts.procedure(
                """
                        [{"label":"again","wait":"PT1M"},{"branch":{"if":{"online":true},"then":"again","else":"again"}}]""");
        Run run = Scripts.begun(loop, Asker.RULE).run();
        for (int i = 1; run.isOpen() && i < 1_000; i++) {
            RunFlow.Done done = (RunFlow.Done) RunFlow.next(loop, run, new RunEvent.Due(),
                    Scripts.T0.plus(Duration.ofMinutes(i)));
            run = done.run();
            if (done.effects().stream().anyMatch(Effect.Look.class::isInstance)) {
                run = ((RunFlow.Done) RunFlow.next(loop, run, new RunEvent.Looked(Scripts.verdict(true)),
                        Scripts.T0.plus(Duration.ofMinutes(i)))).run();
            }
        }
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.lines()).hasSize(Procedure.VISITS_MAX);
    }
}
