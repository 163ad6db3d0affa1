package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who may ask for what and when, as one table.
class GuardsTest {
    private static final Device DEVICE = new Device(1, new DeviceId("SN-1"), "LP-2000", "", "", "", null,
            "eu",
            "berlin", Map.of(), "active", 1, Instant.EPOCH, null);
    private static final Duration HOUR = Duration.ofHours(1);

    private static Principal person(Role... roles) {
        return new Principal("somebody", Set.of(roles), "", "");
    }

    private static Catalogue.Known known(ActionClass actionClass, String more) {
        return Catalogue.known(
                Json.parse("{\"name\":\"x\",\"class\":\"" + actionClass + "\"" + more + "}"));
    }

    /// A request that nothing is wrong with, for each test to spoil.
    private static final class Asked {
        private ActionClass actionClass = ActionClass.A;
        private String more = "";
        private @Nullable String ticket = "T-1";
        private @Nullable String confirm = "SN-1";
        private Duration expires = HOUR;
        private boolean open = true;
        private boolean updating;
        private boolean byHand = true;
        private boolean mandated;
        private Consent forCase = Consent.NOT_ASKED;
        private Consent standing = Consent.NOT_ASKED;
        private Guards.Recent recent = Guards.Recent.NONE;
        private ActionConfig config = ActionConfig.DEFAULT;
        private Principal who = person(Role.ENGINEER);

        static Asked of(ActionClass actionClass) {
            Asked asked = new Asked();
            asked.actionClass = actionClass;
            return asked;
        }

        Asked always() {
            config = new ActionConfig(ConsentPolicy.ALWAYS, 20, 120, 1_200);
            return this;
        }

        int status() {
            Guards.Moment moment = new Guards.Moment(open, updating,
                    new ConsentRule.Answers(ticket == null ? standing : forCase, standing));
            Optional<Guards.Refusal> refusal = Guards.refuse(who, new Guards.Case(DEVICE,
                    known(actionClass, more), ticket, confirm, expires, byHand, mandated, moment, recent),
                    config);
            return refusal.map(Guards.Refusal::status).orElse(202);
        }
    }

    @Test
    void aRoleMayAskForTheClassesOfItsColumn() {
        Map<Role, String> may = Map.of(Role.AGENT, "ABC", Role.ENGINEER, "ABCD", Role.ADMIN, "ABCD");
        for (Role role : Role.values()) {
            for (ActionClass actionClass : ActionClass.values()) {
                Asked asked = Asked.of(actionClass);
                asked.who = new Principal("somebody", Set.of(role), "", "berlin");
                boolean allowed = may.getOrDefault(role, "").contains(actionClass.name());
                assertThat(asked.status()).as(role + " " + actionClass).isEqualTo(allowed ? 202 : 403);
            }
        }
        for (ActionClass actionClass : ActionClass.values()) {
            Asked asked = Asked.of(actionClass);
            asked.who = Principal.SYSTEM;
            assertThat(asked.status()).as("the backend by itself " + actionClass)
                    .isEqualTo(actionClass == ActionClass.D ? 403 : 202);
            asked.who = new Principal("system", Set.of(), "eu", "");
            assertThat(asked.status()).as("somebody called system").isEqualTo(403);
        }
    }

    @Test
    void aMandateStandsForTicketConfirmationAndSecondPersonAndForNothingElse() {
        Asked asked = Asked.of(ActionClass.D);
        asked.ticket = null;
        asked.confirm = null;
        assertThat(asked.status()).isEqualTo(409);
        asked.mandated = true;
        assertThat(asked.status()).isEqualTo(202);
        asked.standing = Consent.REFUSED;
        assertThat(asked.status()).as("the customer's word holds").isEqualTo(409);
        asked.standing = Consent.NOT_ASKED;
        asked.updating = true;
        assertThat(asked.status()).as("so does an update").isEqualTo(409);
        asked.updating = false;
        asked.who = person(Role.AGENT);
        assertThat(asked.status()).as("so do roles").isEqualTo(403);
    }

    @Test
    void aRegionAndAnOutletKeepPeopleToTheirDevices() {
        for (ActionClass actionClass : ActionClass.values()) {
            Asked asked = Asked.of(actionClass);
            asked.who = new Principal("far", Set.of(Role.ENGINEER), "us", "");
            assertThat(asked.status()).isEqualTo(403);
            asked.who = new Principal("near", Set.of(Role.ENGINEER), "eu", "");
            assertThat(asked.status()).isEqualTo(202);
            asked.who = new Principal("partner", Set.of(Role.ENGINEER, Role.PARTNER), "", "paris");
            assertThat(asked.status()).as("not even that there is such a device").isEqualTo(404);
            asked.who = new Principal("partner", Set.of(Role.ENGINEER, Role.PARTNER), "", "berlin");
            assertThat(asked.status()).isEqualTo(202);
        }
    }

    @Test
    void eachClassNeedsWhatItsDangerAsksFor() {
        for (ActionClass actionClass : ActionClass.values()) {
            boolean disruptive = actionClass == ActionClass.C || actionClass == ActionClass.D;
            Asked asked = Asked.of(actionClass);
            asked.ticket = null;
            asked.open = false;
            assertThat(asked.status()).as("no ticket " + actionClass).isEqualTo(disruptive ? 409 : 202);
            asked = Asked.of(actionClass);
            asked.open = false;
            assertThat(asked.status()).as("a closed ticket " + actionClass).isEqualTo(409);
            asked = Asked.of(actionClass);
            asked.confirm = null;
            assertThat(asked.status()).as("nothing typed " + actionClass)
                    .isEqualTo(actionClass == ActionClass.D ? 409 : 202);
            asked = Asked.of(actionClass);
            asked.confirm = "SN-2";
            assertThat(asked.status()).as("another id typed " + actionClass).isEqualTo(409);
            asked = Asked.of(actionClass);
            asked.updating = true;
            assertThat(asked.status()).as("in an update " + actionClass)
                    .isEqualTo(actionClass == ActionClass.A ? 202 : 409);
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1),
                    Duration.ofDays(7).plusNanos(1))) {
                asked = Asked.of(actionClass);
                asked.expires = wrong;
                assertThat(asked.status()).as(wrong + " " + actionClass).isEqualTo(400);
            }
        }
    }

    @Test
    void whoeverWasAskedHasToHaveSaidYes() {
        for (Consent said : Consent.values()) {
            boolean fine = said == Consent.GIVEN || said == Consent.NOT_ASKED;
            for (ActionClass actionClass : ActionClass.values()) {
                Asked asked = Asked.of(actionClass);
                asked.forCase = said;
                int expected = fine || actionClass == ActionClass.A ? 202 : 409;
                assertThat(asked.status()).as(actionClass + " " + said).isEqualTo(expected);
                asked.forCase = Consent.NOT_ASKED;
                asked.standing = said;
                assertThat(asked.status()).as("standing " + actionClass + " " + said).isEqualTo(expected);
                asked.forCase = Consent.GIVEN;
                assertThat(asked.status()).as("the case goes before").isEqualTo(202);
                asked = Asked.of(actionClass);
                asked.more = ",\"purpose\":\"data\"";
                asked.forCase = said;
                assertThat(asked.status()).as("data " + actionClass + " " + said)
                        .isEqualTo(fine ? 202 : 409);
                asked.more = ",\"purpose\":\"shell\"";
                assertThat(asked.status()).as("shell " + actionClass + " " + said)
                        .isEqualTo(said == Consent.GIVEN ? 202 : 409);
                asked.more = ",\"consent\":true";
                assertThat(asked.status()).as("the product says so " + actionClass + " " + said)
                        .isEqualTo(said == Consent.GIVEN ? 202 : 409);
            }
        }
    }

    @Test
    void whereConsentIsAlwaysNeededAStandingOneIsEnoughForWhatIsReversible() {
        for (Consent said : EnumSet.complementOf(EnumSet.of(Consent.GIVEN))) {
            for (ActionClass actionClass : ActionClass.values()) {
                Asked asked = Asked.of(actionClass).always();
                asked.forCase = said;
                assertThat(asked.status()).as(actionClass + " " + said)
                        .isEqualTo(actionClass == ActionClass.A ? 202 : 409);
            }
        }
        for (ActionClass actionClass : ActionClass.values()) {
            Asked asked = Asked.of(actionClass).always();
            asked.standing = Consent.GIVEN;
            boolean forCase = actionClass == ActionClass.C || actionClass == ActionClass.D;
            assertThat(asked.status()).as("standing " + actionClass).isEqualTo(forCase ? 409 : 202);
            asked.forCase = Consent.GIVEN;
            assertThat(asked.status()).as("for the case " + actionClass).isEqualTo(202);
        }
    }

    @Test
    void ratesBoundTheDeviceThePersonAndTheFleet() {
        Asked asked = Asked.of(ActionClass.A);
        asked.recent = new Guards.Recent(19, 119, 1_199);
        assertThat(asked.status()).isEqualTo(202);
        asked.recent = new Guards.Recent(20, 0, 0);
        assertThat(asked.status()).isEqualTo(429);
        asked.recent = new Guards.Recent(0, 120, 0);
        assertThat(asked.status()).isEqualTo(429);
        asked.byHand = false;
        assertThat(asked.status()).as("a fleet action asks for many").isEqualTo(202);
        asked.recent = new Guards.Recent(0, 0, 1_200);
        assertThat(asked.status()).isEqualTo(429);
    }

    @Test
    void anotherPersonWithTheSameRightApproves() {
        for (Role role : Role.values()) {
            boolean may = role == Role.ENGINEER || role == Role.ADMIN;
            Principal second = new Principal("second", Set.of(role), "", "berlin");
            assertThat(Guards.approval(second, "first", DEVICE, ActionClass.D).isEmpty()).as(role.text())
                    .isEqualTo(may);
            assertThat(Guards.approval(second, "second", DEVICE, ActionClass.D)).as("not oneself")
                    .isPresent();
        }
        Principal far = new Principal("far", Set.of(Role.ENGINEER), "us", "");
        assertThat(Guards.approval(far, "first", DEVICE, ActionClass.D)).isPresent();
    }

    @Test
    void logsAndTheShellAreKnownByTheirNamesWhereTheProductSaysNothing() {
        assertThat(Catalogue.known(Json.parse("{\"name\":\"get_logs\",\"class\":\"A\"}")).purpose())
                .isEqualTo(Purpose.DATA);
        assertThat(Catalogue.known(Json.parse("{\"name\":\"shell\",\"class\":\"D\"}")).purpose())
                .isEqualTo(Purpose.SHELL);
        assertThat(Catalogue.known(Json.parse("{\"name\":\"reboot\"}")).actionClass())
                .as("what does not say how dangerous it is").isEqualTo(ActionClass.D);
    }
}
