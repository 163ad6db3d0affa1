package io.aftercare.ota.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.health.Finding.Verdict;
import io.aftercare.ota.health.HealthTest.Moment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTestTest {
    private static final Budget FRESH = new Budget(0.01, 0, 0);
    private static final Moment END = new Moment(0, 1, true);
    private static final Plan.Metric HEAT = new Plan.Metric("temp", Plan.Worse.HIGHER, 2);

    @Test
    void twoOfTwentyThatBothBreakAreSeenAtTheEndOfTheSoak() {
        List<Compared> broken = devices(2, "JAM");
        HealthTest.Result early = look(broken, devices(18), List.of(), new Moment(0, 0.5, false), FRESH);
        assertThat(early.worse()).isEmpty();
        assertThat(early.findings()).extracting(Finding::verdict).containsOnly(Verdict.TOO_FEW);
        assertThat(early.spent()).isEqualTo(FRESH);
        HealthTest.Result end = look(broken, devices(18), List.of(), END, early.spent());
        assertThat(end.worse()).hasSize(1);
        assertThat(end.worse().getFirst().names()).containsExactly("JAM");
        assertThat(look(broken, devices(18), List.of(HEAT), END, FRESH).worse()).hasSize(1);
        assertThat(look(devices(2, "JAM"), devices(17), List.of(HEAT), END, FRESH).findings())
                .extracting(Finding::verdict).containsOnly(Verdict.TOO_FEW);
    }

    @Test
    void fiveOfAHundredThatAllBreakAreSeenAtTheFirstLook() {
        List<Compared> waiting = Stream.concat(devices(5, "JAM").stream(), devices(90).stream()).toList();
        HealthTest.Result first = look(devices(5, "JAM"), waiting, List.of(HEAT), new Moment(0, 0.1, false),
                FRESH);
        assertThat(first.worse()).hasSize(1);
        assertThat(first.worse().getFirst().inWords())
                .startsWith("JAM on 5 of 5 updated devices and 5 of 95 waiting ones, p = ");
    }

    @Test
    void aFaultThatBothGroupsHaveIsNoSign() {
        List<Compared> updated = Stream.concat(devices(10, "JAM").stream(), devices(10).stream()).toList();
        List<Compared> waiting = Stream.concat(devices(50, "JAM").stream(), devices(50).stream()).toList();
        HealthTest.Result end = look(updated, waiting, List.of(), END, FRESH);
        assertThat(end.findings()).hasSize(1);
        assertThat(end.findings().getFirst().verdict()).isEqualTo(Verdict.NO_SIGN);
        assertThat(end.spent().faults()).isBetween(1e-6, 0.009);
    }

    @Test
    void whatSomebodyHasLookedAtStopsItNotAgain() {
        List<Compared> broken = devices(5, "JAM");
        assertThat(HealthTest.look(broken, devices(95), List.of(), Set.of("JAM"), FRESH, END).findings())
                .isEmpty();
        List<Compared> more = devices(5, "JAM", "FIRE");
        assertThat(HealthTest.look(more, devices(95), List.of(), Set.of("JAM", Finding.ANY), FRESH, END)
                .worse().getFirst().names()).containsExactly("FIRE");
    }

    @Test
    void aMetricIsComparedByItsChangeAndOnlyBeyondTheTolerance() {
        List<Compared> hotter = warmed(5, 5);
        assertThat(look(hotter, warmed(95, 0), List.of(HEAT), END, FRESH).worse()).hasSize(1);
        assertThat(look(hotter, warmed(95, 5), List.of(HEAT), END, FRESH).worse())
                .as("a hot day that all share").isEmpty();
        assertThat(look(warmed(5, 1.5), warmed(95, 0), List.of(HEAT), END, FRESH).worse())
                .as("less than the tolerance").isEmpty();
        assertThat(look(warmed(5, -5), warmed(95, 0), List.of(HEAT), END, FRESH).worse())
                .as("colder is no harm").isEmpty();
        Plan.Metric either = new Plan.Metric("temp", Plan.Worse.EITHER, 2);
        Finding colder = look(warmed(5, -5), warmed(95, 0), List.of(either), END, FRESH).worse().getFirst();
        assertThat(colder.worse()).isEqualTo("lower");
    }

    @Test
    void withoutWaitingDevicesNothingIsDecided() {
        HealthTest.Result end = look(warmed(20, 50), List.of(), List.of(HEAT), END, FRESH);
        assertThat(end.worse()).isEmpty();
        assertThat(end.findings()).extracting(Finding::verdict).containsOnly(Verdict.TOO_FEW);
        assertThat(end.spent()).isEqualTo(FRESH);
    }

    private static HealthTest.Result look(List<Compared> updated, List<Compared> waiting,
            List<Plan.Metric> metrics, Moment moment, Budget budget) {
        return HealthTest.look(updated, waiting, metrics, Set.of(), budget, moment);
    }

    private static List<Compared> devices(int n, String... faults) {
        return Collections.nCopies(n, new Compared(Set.of(faults), Map.of(), Map.of()));
    }

    // each with a level of its own
    private static List<Compared> warmed(int n, double by) {
        return IntStream.range(0, n).mapToObj(i -> new Compared(Set.of(), Map.of("temp", 180.0 + i),
                Map.of("temp", 180.0 + i + by + 0.01 * (i % 7)))).toList();
    }
}
