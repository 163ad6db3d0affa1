package io.aftercare.service.ticket;

import static io.aftercare.service.ticket.TicketState.CANCELLED;
import static io.aftercare.service.ticket.TicketState.CLOSED;
import static io.aftercare.service.ticket.TicketState.NEW;
import static io.aftercare.service.ticket.TicketState.REOPENED;
import static io.aftercare.service.ticket.TicketState.RESOLVED;
import static io.aftercare.service.ticket.TicketState.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TicketStateTest {
    /// The whole table once more, as a person reads it; a change of either must be meant.
    private static final Map<String, String> TABLE = Map.ofEntries(
            Map.entry("new",
                    "assessed in-progress waiting-customer waiting-parts waiting-device waiting-vendor "
                            + "fix-scheduled resolved cancelled"),
            Map.entry("assessed", "in-progress waiting-customer waiting-parts waiting-device waiting-vendor "
                    + "fix-scheduled resolved cancelled"),
            Map.entry("in-progress",
                    "waiting-customer waiting-parts waiting-device waiting-vendor fix-scheduled "
                            + "resolved cancelled"),
            Map.entry("waiting-customer",
                    "in-progress waiting-parts waiting-device waiting-vendor fix-scheduled "
                            + "resolved cancelled"),
            Map.entry("waiting-parts",
                    "in-progress waiting-customer waiting-device waiting-vendor fix-scheduled "
                            + "resolved cancelled"),
            Map.entry("waiting-device",
                    "in-progress waiting-customer waiting-parts waiting-vendor fix-scheduled "
                            + "resolved cancelled"),
            Map.entry("waiting-vendor",
                    "in-progress waiting-customer waiting-parts waiting-device fix-scheduled "
                            + "resolved cancelled"),
            Map.entry("fix-scheduled",
                    "assessed in-progress waiting-customer waiting-parts waiting-device waiting-vendor "
                            + "resolved reopened cancelled"),
            Map.entry("resolved", "verified closed reopened"), Map.entry("verified", "closed reopened"),
            Map.entry("closed", "reopened"),
            Map.entry("reopened", "assessed in-progress waiting-customer waiting-parts waiting-device "
                    + "waiting-vendor fix-scheduled resolved cancelled"),
            Map.entry("cancelled", "reopened"));

    @Test
    void theTableIsWhatItIsMeantToBe() {
        Map<String, String> actual = new TreeMap<>();
        for (TicketState state : TicketState.values()) {
            actual.put(state.text(),
                    state.next().stream().map(TicketState::text).collect(Collectors.joining(" ")));
        }
        assertThat(actual).isEqualTo(new TreeMap<>(TABLE));
    }

    @Test
    void everyStateIsReachedAndEveryCaseCanEnd() {
        Set<TicketState> reached = EnumSet.of(NEW);
        for (int i = 0; i < TicketState.values().length; i++) {
            EnumSet.copyOf(reached).forEach(state -> reached.addAll(state.next()));
        }
        assertThat(reached).containsExactlyInAnyOrder(TicketState.values());
        for (TicketState state : TicketState.values()) {
            assertThat(state.isOpen()).as(state.text()).isEqualTo(state.mayBecome(CANCELLED));
            assertThat(state.next()).as(state.text()).doesNotContain(state, NEW);
        }
        assertThat(EnumSet.of(RESOLVED, VERIFIED, CLOSED)).allMatch(state -> state.mayBecome(REOPENED));
    }

    @Test
    void onlyTheCustomerAndADeviceThatIsAwayPauseTheClocks() {
        assertThat(TicketState.values()).filteredOn(TicketState::pausesClocks)
                .containsExactly(TicketState.WAITING_CUSTOMER, TicketState.WAITING_DEVICE);
    }

    @Test
    void namesGoBothWays() {
        for (TicketState state : TicketState.values()) {
            assertThat(TicketState.parse(state.text())).contains(state);
        }
        assertThat(TicketState.parse("IN_PROGRESS")).isEmpty();
    }
}
