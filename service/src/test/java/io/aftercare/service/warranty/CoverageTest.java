package io.aftercare.service.warranty;

import static io.aftercare.service.warranty.Given.bought;
import static io.aftercare.service.warranty.Given.decide;
import static io.aftercare.service.warranty.Given.facts;
import static io.aftercare.service.warranty.Given.part;
import static io.aftercare.service.warranty.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.warranty.Entitlement.State;
import io.aftercare.service.warranty.Facts.Finding;
import io.aftercare.service.warranty.Facts.Origin;
import io.aftercare.service.warranty.Facts.Part;
import io.aftercare.service.warranty.Facts.Swap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private final WarrantyPolicy handbook = policy("handbook");
    private final WarrantyPolicy china = policy("cn-three-guarantees");
    private final WarrantyPolicy europe = policy("eu-conformity");

    @Test
    @Tag("R1")
    void theMainUnitAndCorePartsHaveAYearAccessoriesThreeMonthsConsumablesNothing() {
        Origin origin = bought("2026-01-10");
        assertThat(until(origin, ComponentClass.MAIN)).isEqualTo("2027-01-10");
        assertThat(until(origin, ComponentClass.CORE)).isEqualTo("2027-01-10");
        assertThat(until(origin, ComponentClass.ACCESSORY)).isEqualTo("2026-04-10");
        assertThat(until(origin, ComponentClass.PERIPHERAL)).isEqualTo("2026-04-10");
        Entitlement battery = decide(handbook, facts(origin, part(ComponentClass.CONSUMABLE)),
                "2026-01-11T00:00:00Z");
        assertThat(battery.covered()).isFalse();
        assertThat(battery.state()).isEqualTo(State.NONE);
        assertThat(battery.reasons()).extracting(Reason::code).containsExactly("class-without-term");
    }

    @Test
    @Tag("R1")
    void theLastDayBelongsToTheWarrantyInTheZoneOfThePolicy() {
        Facts facts = facts(bought("2026-01-10"), Part.WHOLE);
        // 2027-01-10 ends in Shanghai at 16:00 UTC.
        assertThat(decide(handbook, facts, "2027-01-10T15:59:59Z").state()).isEqualTo(State.ACTIVE);
        assertThat(decide(handbook, facts, "2027-01-10T16:00:00Z").state()).isEqualTo(State.EXPIRED);
        assertThat(decide(handbook, facts, "2026-01-09T15:59:59Z").state()).isEqualTo(State.PENDING);
        assertThat(decide(handbook, facts, "2026-01-09T16:00:00Z").state()).isEqualTo(State.ACTIVE);
        // Brussels changes its clock; the day begins at 23:00 UTC in winter and at 22:00 in summer.
        Facts summer = facts(bought("2026-07-01"), Part.WHOLE);
        assertThat(decide(europe, summer, "2028-07-01T21:59:59Z").state()).isEqualTo(State.ACTIVE);
        assertThat(decide(europe, summer, "2028-07-01T22:00:00Z").state()).isEqualTo(State.EXPIRED);
    }

    @Test
    @Tag("R1")
    void monthsThatAreTooShortEndTheTermOnTheirLastDay() {
        assertThat(until(bought("2026-11-30"), ComponentClass.ACCESSORY)).isEqualTo("2027-02-28");
        assertThat(until(bought("2027-11-30"), ComponentClass.ACCESSORY)).isEqualTo("2028-02-29");
        assertThat(until(bought("2028-02-29"), ComponentClass.MAIN)).isEqualTo("2029-02-28");
        assertThat(until(bought("2027-02-28"), ComponentClass.MAIN)).isEqualTo("2028-02-28");
    }

    @Test
    @Tag("R5")
    void theThreeGuaranteesAreDataOfThePolicyInBothProfiles() {
        assertThat(open(handbook, 5)).containsExactly(Remedy.REPAIR, Remedy.EXCHANGE, Remedy.REFUND);
        assertThat(open(handbook, 7)).contains(Remedy.REPAIR);
        assertThat(open(handbook, 8)).containsExactly(Remedy.EXCHANGE, Remedy.REFUND);
        assertThat(open(handbook, 15)).contains(Remedy.EXCHANGE);
        assertThat(open(handbook, 16)).containsExactly(Remedy.REFUND);
        assertThat(open(handbook, 30)).containsExactly(Remedy.REFUND);
        assertThat(open(handbook, 31)).isEmpty();
        assertThat(open(china, 7)).containsExactly(Remedy.REFUND, Remedy.EXCHANGE, Remedy.REPAIR);
        assertThat(open(china, 8)).containsExactly(Remedy.EXCHANGE, Remedy.REPAIR);
        assertThat(open(china, 16)).containsExactly(Remedy.REPAIR);
        assertThat(open(china, 365)).containsExactly(Remedy.REPAIR);
        assertThat(open(europe, 730)).containsExactly(Remedy.REPAIR, Remedy.EXCHANGE);
        assertThat(handbook.profile()).isEqualTo(Profile.HANDBOOK);
        assertThat(china.profile()).isEqualTo(Profile.STATUTORY);
    }

    @Test
    @Tag("R4")
    void withoutAPurchaseDateTheNextStartCountsAndProofIsAskedFor() {
        Origin produced = new Origin(null, false, null, null, LocalDate.parse("2026-01-31"));
        Entitlement unproven = decide(handbook, facts(produced, Part.WHOLE), "2026-09-01T00:00:00Z");
        assertThat(unproven.state()).isEqualTo(State.UNPROVEN);
        assertThat(unproven.covered()).isFalse();
        assertThat(unproven.start()).isEqualTo("2026-07-31");
        assertThat(unproven.until()).isEqualTo("2027-07-31");
        assertThat(unproven.needs()).extracting(Reason::en).contains("Needs proof of purchase");
        assertThat(unproven.needs()).extracting(Reason::zh).contains("请提供购买凭证");
        Entitlement byLaw = decide(china, facts(produced, Part.WHOLE), "2026-09-01T00:00:00Z");
        assertThat(byLaw.covered()).isTrue();
        assertThat(byLaw.reasons()).extracting(Reason::code).contains("from-production", "within-term");
        Origin activated = new Origin(null, false, "INV-7", LocalDate.parse("2026-03-01"),
                LocalDate.parse("2026-01-31"));
        assertThat(decide(handbook, facts(activated, Part.WHOLE), "2026-09-01T00:00:00Z").start())
                .isEqualTo("2026-03-01");
        Entitlement nothing = decide(china, facts(Origin.UNKNOWN, Part.WHOLE), "2026-09-01T00:00:00Z");
        assertThat(nothing.state()).isEqualTo(State.UNPROVEN);
        assertThat(nothing.start()).isNull();
    }

    @Test
    @Tag("R4")
    void whatACustomerSaysOfThePurchaseIsNoProof() {
        Origin said = new Origin(LocalDate.parse("2026-08-01"), false, null, null, null);
        assertThat(decide(handbook, facts(said, Part.WHOLE), "2026-09-01T00:00:00Z").state())
                .isEqualTo(State.UNPROVEN);
        Origin shown = new Origin(LocalDate.parse("2026-08-01"), false, "INV-8", null, null);
        assertThat(decide(handbook, facts(shown, Part.WHOLE), "2026-09-01T00:00:00Z").covered()).isTrue();
    }

    @Test
    @Tag("R4")
    void everyFindingEndsTheWarrantyOrKeepsItsOwnCaseOut() {
        for (Exclusion exclusion : Exclusion.values()) {
            Instant found = Instant.parse("2026-05-01T00:00:00Z");
            Facts facts = facts(bought("2026-01-10"), Part.WHOLE, new Finding(exclusion, found, null, 7L));
            Optional<WarrantyPolicy> policy = Optional.of(handbook);
            Instant before = found.minusSeconds(3600);
            Entitlement inIt = Coverage.decide(policy, facts, before, 7L);
            assertThat(inIt.covered()).as("in its own case: %s", exclusion).isFalse();
            assertThat(inIt.reasons().getLast().en()).contains(exclusion.words().en());
            assertThat(inIt.reasons().getLast().zh()).contains(exclusion.words().zh());
            Entitlement later = Coverage.decide(policy, facts, found.plusSeconds(3600), 8L);
            boolean ends = exclusion == Exclusion.OPENED || exclusion == Exclusion.UNAUTHORISED_SITE;
            assertThat(later.state()).as("in another case: %s", exclusion)
                    .isEqualTo(ends ? State.VOID : State.ACTIVE);
            assertThat(Coverage.decide(policy, facts, before, 8L).covered()).isTrue();
        }
    }

    @Test
    void aFindingOnOnePartLeavesTheOthers() {
        Instant found = Instant.parse("2026-05-01T00:00:00Z");
        Finding opened = new Finding(Exclusion.OPENED, found, "S-1", null);
        assertThat(decide(handbook, facts(bought("2026-01-10"), part(ComponentClass.CORE), opened),
                "2026-06-01T00:00:00Z").state()).isEqualTo(State.VOID);
        assertThat(decide(handbook, facts(bought("2026-01-10"), Part.WHOLE, opened), "2026-06-01T00:00:00Z")
                .state()).isEqualTo(State.ACTIVE);
    }

    @Test
    @Tag("R6")
    void aPartThatARepairFittedHasItsOwnTermOrTheRestOfTheUnitsIfThatIsLonger() {
        Part late = new Part(ComponentClass.CORE, "S-2", Instant.parse("2026-12-20T02:00:00Z"), null);
        Entitlement after = decide(handbook, facts(bought("2026-01-10"), late), "2027-02-01T00:00:00Z");
        assertThat(after.covered()).isTrue();
        assertThat(after.until()).isEqualTo("2027-03-20");
        assertThat(after.reasons()).extracting(Reason::code).containsExactly("repaired-part");
        assertThat(decide(handbook, facts(bought("2026-01-10"), late), "2027-03-21T00:00:00Z").state())
                .isEqualTo(State.EXPIRED);
        Part early = new Part(ComponentClass.CORE, "S-3", Instant.parse("2026-02-01T02:00:00Z"), null);
        assertThat(decide(handbook, facts(bought("2026-01-10"), early), "2026-03-01T00:00:00Z").until())
                .isEqualTo("2027-01-10");
        // A paid repair of a device without any proof: the part stands for itself.
        assertThat(decide(handbook, facts(Origin.UNKNOWN, late), "2027-02-01T00:00:00Z").covered()).isTrue();
    }

    @Test
    @Tag("R39")
    void anExchangedDeviceCarriesTheRestOrBeginsAnewAsThePolicySays() {
        Swap swap = new Swap(new DeviceId("LP-OLD"), Instant.parse("2026-10-01T00:00:00Z"));
        Facts fresh = new Facts(Given.DEVICE, "LP", "", "", bought("2026-01-10"), Part.WHOLE, swap, null,
                List.of());
        Entitlement carried = decide(handbook, fresh, "2026-11-01T00:00:00Z");
        assertThat(carried.until()).isEqualTo("2027-01-10");
        assertThat(carried.reasons().getFirst().en()).contains("LP-OLD").contains("rest");
        assertThat(decide(china, fresh, "2026-11-01T00:00:00Z").until()).isEqualTo("2027-10-01");
        Facts old = new Facts(Given.DEVICE, "LP", "", "", bought("2026-01-10"), Part.WHOLE, null,
                new Swap(new DeviceId("LP-NEW"), Instant.parse("2026-10-01T00:00:00Z")), List.of());
        assertThat(decide(handbook, old, "2026-11-01T00:00:00Z").state()).isEqualTo(State.TRANSFERRED);
        assertThat(decide(handbook, old, "2026-09-01T00:00:00Z").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void withoutAPolicyItIsSaidWhichOneIsMissing() {
        Entitlement none = Coverage.decide(Optional.empty(), facts(bought("2026-01-10"), Part.WHOLE),
                Instant.parse("2026-09-01T00:00:00Z"), null);
        assertThat(none.state()).isEqualTo(State.NONE);
        assertThat(none.reasons().getFirst().en()).contains("model LP");
        assertThat(none.needs()).extracting(Reason::code).containsExactly("policy");
    }

    private String until(Origin origin, ComponentClass kind) {
        return String.valueOf(decide(handbook, facts(origin, part(kind)),
                origin.purchased() + "T12:00:00Z").until());
    }

    private static List<Remedy> open(WarrantyPolicy policy, int day) {
        String at = LocalDate.parse("2026-01-10").plusDays(day) + "T11:00:00Z";
        return decide(policy, facts(bought("2026-01-10"), Part.WHOLE), at).guarantees().stream()
                .filter(Entitlement.Guarantee::open).map(Entitlement.Guarantee::remedy).toList();
    }
}
