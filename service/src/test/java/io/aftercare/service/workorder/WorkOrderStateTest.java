package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkOrderStateTest {
    /// The whole table once more, as a person reads it; a change of either must be meant.
    private static final Map<String, String> TABLE = Map.ofEntries(Map.entry("draft", "dispatched failed"),
            Map.entry("dispatched", "draft accepted failed"),
            Map.entry("accepted", "draft en-route repairing failed"), Map.entry("en-route", "on-site failed"),
            Map.entry("on-site", "repairing failed"), Map.entry("repairing", "testing failed"),
            Map.entry("testing", "repairing done failed"), Map.entry("done", ""), Map.entry("failed", ""));

    @Test
    void theTableIsWhatItIsMeantToBe() {
        Map<String, String> actual = new TreeMap<>();
        for (WorkOrderState state : WorkOrderState.values()) {
            actual.put(state.text(),
                    state.next().stream().map(WorkOrderState::text).collect(Collectors.joining(" ")));
        }
        assertThat(actual).isEqualTo(new TreeMap<>(TABLE));
    }

    @Test
    void everyStateIsReachedAndEveryOrderCanEnd() {
        Set<WorkOrderState> reached = EnumSet.of(WorkOrderState.DRAFT);
        for (int i = 0; i < WorkOrderState.values().length; i++) {
            EnumSet.copyOf(reached).forEach(state -> reached.addAll(state.next()));
        }
        assertThat(reached).containsExactlyInAnyOrder(WorkOrderState.values());
        for (WorkOrderState state : WorkOrderState.values()) {
            assertThat(state.mayBecome(WorkOrderState.FAILED)).as(state.text()).isEqualTo(state.isOpen());
        }
        assertThat(WorkOrderState.values()).filteredOn(state -> state.mayBecome(WorkOrderState.DONE))
                .containsExactly(WorkOrderState.TESTING);
    }
}
