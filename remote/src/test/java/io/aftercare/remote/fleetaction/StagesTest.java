package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static final List<String> DEVICES = IntStream.range(0, 200).mapToObj(n -> "SN-" + n).toList();

    private static List<FleetPlan.Stage> stages(Object... ends) {
        return List.of(ends).stream().map(end -> end instanceof Integer count
                ? new FleetPlan.Stage(null, count, false)
                : new FleetPlan.Stage((Double) end, null, false)).toList();
    }

    private static List<Long> sizes(List<Stages.Place> places, int stages) {
        return IntStream.range(0, stages)
                .mapToObj(stage -> places.stream().filter(place -> place.stage() == stage).count()).toList();
    }

    @Test
    void eachStageHoldsTheOnesBeforeIt() {
        assertThat(sizes(Stages.places("f1", DEVICES, List.of(), stages(1, 10.0, 100.0)), 3))
                .containsExactly(1L, 19L, 180L);
        assertThat(sizes(Stages.places("f1", DEVICES.subList(0, 5), List.of(), stages(1, 10.0, 100.0)), 3))
                .as("a tenth of five is one, who is in the first stage already").containsExactly(1L, 0L, 4L);
        assertThat(sizes(Stages.places("f1", DEVICES.subList(0, 5), List.of(), stages(50, 100.0)), 2))
                .containsExactly(5L, 0L);
    }

    @Test
    void namedCanariesComeFirst() {
        List<FleetPlan.Stage> stages = List.of(FleetPlan.Stage.CANARIES, new FleetPlan.Stage(null, 1, false),
                new FleetPlan.Stage(100.0, null, false));
        List<Stages.Place> places = Stages.places("f1", DEVICES, List.of("SN-7", "SN-3"), stages);
        assertThat(places.subList(0, 2)).containsExactly(new Stages.Place("SN-7", 0),
                new Stages.Place("SN-3", 0));
        assertThat(sizes(places, 3)).containsExactly(2L, 0L, 198L);
    }

    @Test
    void everybodyHasOnePlaceAndTheDrawDiffersFromOneToTheNext() {
        List<Stages.Place> places = Stages.places("f1", DEVICES, List.of("SN-7"), stages(10.0, 100.0));
        assertThat(places.stream().map(Stages.Place::device).collect(Collectors.toSet()))
                .hasSameSizeAs(DEVICES).containsAll(DEVICES);
        assertThat(Stages.places("f1", DEVICES.reversed(), List.of("SN-7"), stages(10.0, 100.0)))
                .isEqualTo(places);
        assertThat(Stages.places("f2", DEVICES, List.of("SN-7"), stages(10.0, 100.0))).isNotEqualTo(places);
    }
}
