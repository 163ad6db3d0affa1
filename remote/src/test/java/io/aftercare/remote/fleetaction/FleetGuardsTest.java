package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.action.ActionClass;
import io.aftercare.remote.fleetaction.FleetGuards.Chosen;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetGuardsTest {
    private static final Principal ENGINEER = new Principal("e", Set.of(Role.ENGINEER), "", "");

    private static List<Chosen> devices(int n) {
        return IntStream.range(0, n).mapToObj(each -> new Chosen("SN-" + each, "eu", "")).toList();
    }

    private static void check(ActionClass actionClass, int devices, int recent, @Nullable String ticket,
            @Nullable Integer confirm) {
        FleetGuards.check(ENGINEER,
                new FleetGuards.Case(actionClass, devices(devices), recent, ticket, true, confirm),
                FleetActionConfig.DEFAULT);
    }

    @Test
    void moreDevicesThanOnePersonMayActUponAloneWantASecondOne() {
        assertThat(FleetGuards.needsSecondPerson(ActionClass.B, 10, 0, 10)).isFalse();
        assertThat(FleetGuards.needsSecondPerson(ActionClass.B, 11, 0, 10)).isTrue();
        assertThat(FleetGuards.needsSecondPerson(ActionClass.B, 1, 10, 10)).as("in small pieces").isTrue();
        assertThat(FleetGuards.needsSecondPerson(ActionClass.D, 1, 0, 10)).isTrue();
    }

    @Test
    void disruptiveActionsWantATicketAndTheNumberOfDevices() {
        assertThatCode(() -> check(ActionClass.B, 3, 0, null, null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(ActionClass.C, 3, 0, null, 3))
                .hasMessageContaining("needs the ticket");
        assertThatThrownBy(() -> check(ActionClass.C, 3, 0, "T-1", null))
                .hasMessage("Confirm with the number of devices, 3, in confirm");
        assertThatThrownBy(() -> check(ActionClass.B, 3, 0, null, 4)).as("what is typed has to be right")
                .hasMessageContaining("Confirm");
        assertThatThrownBy(() -> check(ActionClass.B, 11, 0, null, null)).hasMessageContaining("Confirm");
        assertThatCode(() -> check(ActionClass.C, 3, 0, "T-1", 3)).doesNotThrowAnyException();
    }

    @Test
    void nobodyAndTooManyAreRefused() {
        assertThatThrownBy(() -> check(ActionClass.A, 0, 0, null, null))
                .hasMessageContaining("chooses no device");
        FleetActionConfig small = new FleetActionConfig(10, 20, 1);
        assertThatThrownBy(() -> FleetGuards.check(ENGINEER,
                new FleetGuards.Case(ActionClass.A, devices(21), 0, null, true, 21), small))
                .hasMessageContaining("at most 20 devices");
    }

    @Test
    void anAccountForARegionActsInItAlone() {
        Principal regional = new Principal("r", Set.of(Role.ENGINEER), "us", "");
        assertThatThrownBy(() -> FleetGuards.person(regional, devices(7)))
                .hasMessage(
                        "7 of 7 devices are not in region \"us\", which your account is for, such as SN-0, SN-1,"
                                + " SN-2, SN-3, SN-4");
        assertThatThrownBy(
                () -> FleetGuards.person(new Principal("a", Set.of(Role.AGENT), "", ""), devices(1)))
                .hasMessageContaining("role engineer");
        assertThatCode(() -> FleetGuards.person(ENGINEER, devices(7))).doesNotThrowAnyException();
    }
}
