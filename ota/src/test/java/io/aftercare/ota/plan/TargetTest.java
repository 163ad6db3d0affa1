package io.aftercare.ota.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.http.Problem;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void textsAreParametersAndNeverPartOfTheStatement() {
        Target target = Target.parse("device.region == \"'; DROP TABLE ota.release; --\"");
        assertThat(target.sql()).doesNotContain("DROP");
        assertThat(target.binds()).containsValue("'; DROP TABLE ota.release; --");
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        refused("device.modle == \"x\"", "line 1, column", "known are", "device.model");
        refused("device.model == 5", "no matching overload");
        refused("device.model ==", "line 1");
        refused("device.model", "a condition is needed");
        refused("size(device.model) > 3", "size", "cannot be used in a target");
        refused("device.model.matches(\"a+\")", "matches");
        refused("[1, 2].all(x, x > 0)", "undeclared reference");
        refused("\"x\" + device.model == \"xy\"", "cannot be used");
        refused("semver(device.firmware) < \"2.0\"", "no matching overload");
        refused("x".repeat(Target.LENGTH_MAX + 1), "");
        refused("(".repeat(500) + "true" + ")".repeat(500), "");
    }

    private static void refused(String cel, String... parts) {
        assertThatThrownBy(() -> Target.parse(cel)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.getMessage()).contains(parts);
        });
    }
}
