package io.aftercare.service.rma;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.rma.RmaFlow.Outcome;
import io.aftercare.service.warranty.Returns;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RmaFlowTest {
    /// `-Dsimulation.seeds=3000` walks further.
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);
    private static final DeviceId OLD = new DeviceId("LP-OLD");
    private static final DeviceId NEW = new DeviceId("LP-NEW");
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final Returns RULES = new Returns(new BigDecimal("200.00"), 7, true, true);

    @Test
    @Tag("R39")
    void anExchangeIsAppliedForReviewedSentReceivedVerifiedAndClosed() {
        Rma rma = asked(RmaType.EXCHANGE, true);
        assertThat(why(rma, approve(true), "ann")).contains("somebody else than ann");
        rma = done(rma, approve(true), "cora");
        rma = done(rma, ship(false, NEW), "cora");
        assertThat(rma.state()).isEqualTo(RmaState.SHIPPED);
        assertThat(rma.terms().newDevice()).isEqualTo(NEW);
        assertThat(why(rma, new RmaEvent.Cancel("changed my mind"), "cora")).contains("on its way");
        rma = done(rma, receive(OLD.value()), "eva");
        assertThat(why(rma, receive(OLD.value()), "eva")).contains("received already");
        assertThat(why(rma, new RmaEvent.Replace(null), "cora")).contains("received");
        rma = done(rma, inspect(Verdict.QUALITY), "eva");
        assertThat(why(rma, new RmaEvent.SendBack("no"), "cora")).contains("has the new device");
        rma = done(rma, new RmaEvent.Replace(null), "cora");
        rma = done(rma, new RmaEvent.Close(), "cora");
        assertThat(rma.state()).isEqualTo(RmaState.CLOSED);
    }

    @Test
    @Tag("R39")
    void theNewDeviceGoesOutBeforeTheOldIsInOnlyWhereThatWasApproved() {
        Rma rma = done(asked(RmaType.EXCHANGE, true), approve(false), "cora");
        assertThat(why(rma, ship(false, NEW), "cora")).contains("only where that was approved");
        rma = done(rma, ship(true, OLD), "cora");
        rma = done(rma, receive(OLD.value()), "eva");
        rma = done(rma, inspect(Verdict.QUALITY), "eva");
        assertThat(why(rma, new RmaEvent.Replace(null), "cora")).contains("serial of the new device");
        rma = done(rma, new RmaEvent.Replace(NEW), "cora");
        assertThat(why(rma, new RmaEvent.Close(), "cora")).contains("no device yet");
        assertThat(done(done(rma, ship(false, NEW), "cora"), new RmaEvent.Close(), "cora").state())
                .isEqualTo(RmaState.CLOSED);
    }

    @Test
    void anotherDeviceThatComesInIsWrittenDownAndTheReturnGoesOnWaiting() {
        Rma rma = done(asked(RmaType.REPAIR_RETURN, true), approve(false), "cora");
        rma = done(rma, receive("LP-OTHER"), "eva");
        assertThat(rma.state()).isEqualTo(RmaState.APPROVED);
        assertThat(rma.receipts()).hasSize(1).allMatch(receipt -> !receipt.matches());
        rma = done(rma, receive(OLD.value()), "eva");
        assertThat(rma.state()).isEqualTo(RmaState.RECEIVED);
        assertThat(rma.receipts()).hasSize(2);
    }

    @Test
    @Tag("R9")
    void whatTheInspectionFindsDecidesWhoPays() {
        Rma rma = received(asked(RmaType.REPAIR_RETURN, true));
        assertThat(rma.terms().burden().payer()).isEqualTo(Payer.COMPANY);
        Rma misused = done(rma, inspect(Verdict.MISUSE), "eva");
        assertThat(misused.terms().burden().payer()).isEqualTo(Payer.CUSTOMER);
        assertThat(misused.terms().compensation()).isEqualByComparingTo("0");
        assertThat(why(misused, new RmaEvent.Repair("new fuser"), "eva")).contains("quote");
        Circumstances paid = new Circumstances("eva", false, true, RULES, NOW);
        assertThat(RmaFlow.next(misused, new RmaEvent.Repair("new fuser"), paid))
                .isInstanceOf(Outcome.Done.class);
        Rma back = done(misused, new RmaEvent.SendBack("no quote accepted"), "cora");
        assertThat(why(back, new RmaEvent.Close(), "cora")).contains("no device yet");
        assertThat(done(done(back, ship(false, OLD), "cora"), new RmaEvent.Close(), "cora").state())
                .isEqualTo(RmaState.CLOSED);
    }

    @Test
    @Tag("R37")
    void theCustomerChecksRecordAndFeesBeforeTakingTheDevice() {
        Rma rma = done(received(asked(RmaType.REPAIR_RETURN, true)), inspect(Verdict.QUALITY), "eva");
        rma = done(rma, new RmaEvent.Repair("new fuser"), "eva");
        assertThat(why(rma, handover(true, false), "ann")).contains("fees");
        assertThat(why(rma, new RmaEvent.Close(), "ann")).contains("no device yet");
        rma = done(rma, handover(true, true), "ann");
        assertThat(why(rma, handover(true, true), "ann")).contains("already");
        assertThat(done(rma, new RmaEvent.Close(), "ann").state()).isEqualTo(RmaState.CLOSED);
    }

    @Test
    @Tag("R9")
    void moneyBackNeedsSomebodyElseAndTheRules() {
        Rma late = asked(RmaType.REFUND, false);
        assertThat(why(late, approve(false), "cora")).contains("within 7 days");
        Rma rma = done(received(asked(RmaType.REFUND, true)), inspect(Verdict.QUALITY), "eva");
        assertThat(why(rma, new RmaEvent.Refund(BigDecimal.TEN), "ann")).contains("somebody else");
        assertThat(done(rma, new RmaEvent.Refund(BigDecimal.TEN), "cora").terms().refund())
                .isEqualByComparingTo("10");
        assertThat(why(asked(RmaType.REFUND, true),
                new RmaEvent.Approve(false, new BigDecimal("200.01")), "cora")).contains("at most");
    }

    @Test
    void theTableIsAsWrittenDown() {
        for (RmaState state : RmaState.values()) {
            Set<RmaState> next = switch (state) {
                case REQUESTED -> EnumSet.of(RmaState.APPROVED, RmaState.REJECTED, RmaState.CANCELLED);
                case APPROVED -> EnumSet.of(RmaState.SHIPPED, RmaState.RECEIVED, RmaState.CANCELLED);
                case SHIPPED -> EnumSet.of(RmaState.RECEIVED, RmaState.CANCELLED);
                case RECEIVED -> EnumSet.of(RmaState.INSPECTED);
                case INSPECTED -> EnumSet.of(RmaState.REPAIRED, RmaState.REPLACED, RmaState.REFUNDED,
                        RmaState.RETURNED);
                case REPAIRED, REPLACED, REFUNDED, RETURNED -> EnumSet.of(RmaState.CLOSED);
                case CLOSED, REJECTED, CANCELLED -> EnumSet.noneOf(RmaState.class);
            };
            assertThat(state.next()).as(state.text()).isEqualTo(next);
        }
    }

    /// Random events on random returns; what must always hold is checked after each.
    @Test
    @Tag("R39")
    void whateverHappensNothingIsGivenTwiceAndNothingLost() {
        EnumSet<RmaState> ends = EnumSet.noneOf(RmaState.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Rma rma = asked(List.of(RmaType.values()).get(random.nextInt(3)), random.nextBoolean());
            for (int i = 0; i < 60; i++) {
                Circumstances around = new Circumstances(random.nextBoolean() ? "ann" : "cora",
                        random.nextBoolean(), random.nextInt(4) == 0, RULES, NOW.plusSeconds(i));
                if (RmaFlow.next(rma, any(random), around) instanceof Outcome.Done(Rma after)) {
                    check("seed " + seed + " step " + i, rma, after);
                    rma = after;
                }
            }
            ends.add(rma.state());
        }
        assertThat(ends).contains(RmaState.CLOSED, RmaState.CANCELLED, RmaState.REJECTED);
    }

    private static void check(String where, Rma before, Rma after) {
        assertThat(before.state() == after.state() || before.state().mayBecome(after.state())).as(where)
                .isTrue();
        assertThat(after.receipts().stream().filter(Receipt::matches).count()).as(where)
                .isEqualTo(after.state().isIn() ? 1 : 0);
        assertThat(after.receipts().subList(0, before.receipts().size())).as(where)
                .isEqualTo(before.receipts());
        assertThat(after.shipments().stream().filter(one -> !one.inbound()).map(Shipment::device)).as(where)
                .doesNotHaveDuplicates();
        boolean oldBack = after.hasSent(OLD);
        assertThat(oldBack && after.hasSent(NEW)).as(where + ": both devices at the customer's").isFalse();
        assertThat(after.terms().refund() == null || !after.hasSent(NEW)).as(where + ": device and money")
                .isTrue();
        if (after.state() != RmaState.REQUESTED && after.state().isIn()
                && after.ask().type() != RmaType.REPAIR_RETURN) {
            assertThat(after.terms().approver()).as(where).isEqualTo("cora");
        }
    }

    private static RmaEvent any(Random random) {
        return switch (random.nextInt(17)) {
            case 0, 1 -> approve(random.nextBoolean());
            case 2 -> random.nextInt(6) == 0 ? new RmaEvent.Reject("no") : new RmaEvent.Choose(Way.DROP_OFF);
            case 3 -> random.nextInt(6) == 0 ? new RmaEvent.Cancel("no") : new RmaEvent.Choose(Way.CARRY_IN);
            case 4, 5 -> ship(true, random.nextInt(4) == 0 ? NEW : OLD);
            case 6, 7 -> ship(false, random.nextBoolean() ? NEW : OLD);
            case 8, 9 -> receive(random.nextInt(3) == 0 ? "LP-OTHER" : OLD.value());
            case 10, 11 -> inspect(List.of(Verdict.values()).get(random.nextInt(3)));
            case 12 -> new RmaEvent.Repair("new fuser");
            case 13 -> new RmaEvent.Replace(random.nextBoolean() ? NEW : null);
            case 14 -> new RmaEvent.Refund(BigDecimal.TEN);
            case 15 -> random.nextBoolean()
                    ? handover(random.nextBoolean(), true)
                    : new RmaEvent.SendBack("as it came");
            default -> new RmaEvent.Close();
        };
    }

    private static Rma asked(RmaType type, boolean quality) {
        Burden.Claim claim = new Burden.Claim(type, quality, 30L, true, true);
        return new Rma(7, 1, new Rma.Ask(12, type, OLD, "broken", "ann", NOW),
                new Rma.Terms(claim, Burden.of(RULES, claim), null, false, null, BigDecimal.ZERO, null, null,
                        null),
                RmaState.REQUESTED, NOW, List.of(), List.of(), null, null);
    }

    private static Rma received(Rma rma) {
        return Stream.of(approve(false), ship(true, OLD), receive(OLD.value())).reduce(rma,
                (then, event) -> done(then, event, "cora"), (_, last) -> last);
    }

    private static RmaEvent approve(boolean advance) {
        return new RmaEvent.Approve(advance, BigDecimal.ZERO);
    }

    private static RmaEvent ship(boolean inbound, DeviceId device) {
        return new RmaEvent.Ship(new Shipment(inbound, device, "SF", "SF1", BigDecimal.ONE, Payer.COMPANY,
                "cora", NOW));
    }

    private static RmaEvent receive(String serial) {
        return new RmaEvent.Receive(new Receipt(serial, serial.equals(OLD.value()), "scratched", "eva", NOW));
    }

    private static RmaEvent inspect(Verdict verdict) {
        return new RmaEvent.Inspect(new Inspection("fuser", List.of("p1"), verdict, "eva", NOW));
    }

    private static RmaEvent handover(boolean checkedRecord, boolean checkedFees) {
        return new RmaEvent.HandOver(new Handover(checkedRecord, checkedFees, "ann", NOW));
    }

    private static Rma done(Rma rma, RmaEvent event, String actor) {
        Outcome outcome = RmaFlow.next(rma, event, around(actor));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).rma();
    }

    private static @Nullable String why(Rma rma, RmaEvent event, String actor) {
        return RmaFlow.next(rma, event, around(actor)) instanceof Outcome.Refused(String why) ? why : null;
    }

    private static Circumstances around(String actor) {
        return new Circumstances(actor, true, false, RULES, NOW);
    }
}
