package io.aftercare.service.requisition;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.requisition.Requisition.Line;
import io.aftercare.service.requisition.Requisition.Shipment;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequisitionFlowTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    /// The table once more, written out.
    private static final Map<RequisitionState, Set<RequisitionState>> TABLE = Map.of(RequisitionState.DRAFT,
            EnumSet.of(RequisitionState.SUBMITTED, RequisitionState.CANCELLED), RequisitionState.SUBMITTED,
            EnumSet.of(RequisitionState.APPROVED, RequisitionState.REJECTED, RequisitionState.CANCELLED),
            RequisitionState.APPROVED, EnumSet.of(RequisitionState.ISSUED, RequisitionState.CANCELLED),
            RequisitionState.ISSUED, EnumSet.of(RequisitionState.RECEIVED), RequisitionState.RECEIVED,
            EnumSet.of(RequisitionState.USED, RequisitionState.RETURNED));

    @Test
    @Tag("R46")
    void theTableIsAsWritten() {
        for (RequisitionState from : RequisitionState.values()) {
            assertThat(from.next()).as(from.text()).isEqualTo(TABLE.getOrDefault(from, Set.of()));
        }
    }

    @Test
    @Tag("R46")
    void nobodyApprovesWhatTheyAskedForThemselves() {
        Requisition submitted = done(fresh(), new RequisitionEvent.Submit(), "eve");
        assertThat(refused(submitted, new RequisitionEvent.Approve(), "eve")).contains("somebody else");
        assertThat(done(submitted, new RequisitionEvent.Approve(), "cat").approver()).isEqualTo("cat");
        assertThat(refused(submitted, new RequisitionEvent.Reject(" "), "cat")).contains("reason");
    }

    @Test
    @Tag("R46")
    void whateverHappensNoPartIsUsedTwiceAndEveryStepIsInTheTable() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Requisition at = fresh();
            for (int i = 0; i < 60; i++) {
                RequisitionEvent event = event(random);
                Requisition before = at;
                String what = "seed " + seed + ", event " + i + " " + event;
                at = switch (RequisitionFlow.next(before, event, random.nextBoolean() ? "eve" : "cat", NOW)) {
                    case RequisitionFlow.Outcome.Refused refused -> {
                        assertThat(refused.why()).as(what).isNotBlank();
                        yield before;
                    }
                    case RequisitionFlow.Outcome.Done done -> done.after();
                };
                check(before, at, what);
            }
        }
    }

    private static void check(Requisition before, Requisition after, String what) {
        if (before.state() != after.state()) {
            assertThat(TABLE.getOrDefault(before.state(), Set.of())).as(what).contains(after.state());
        }
        for (Line line : after.lines()) {
            assertThat(line.left()).as(what).isNotNegative();
            assertThat(line.used() + line.returned() > 0).as(what)
                    .satisfiesAnyOf(any -> assertThat(any).isFalse(), _ -> assertThat(after.state()).isIn(
                            RequisitionState.RECEIVED, RequisitionState.USED, RequisitionState.RETURNED));
        }
        boolean settled = after.lines().stream().allMatch(line -> line.left() == 0);
        assertThat(settled).as(what).isEqualTo(
                after.state() == RequisitionState.USED || after.state() == RequisitionState.RETURNED);
        if (after.state() == RequisitionState.RETURNED) {
            assertThat(after.lines()).as(what).allMatch(line -> line.used() == 0);
        }
        if (after.state() == RequisitionState.APPROVED) {
            assertThat(after.approver()).as(what).isEqualTo("cat");
        }
    }

    private static RequisitionEvent event(Random random) {
        String part = random.nextBoolean() ? "A" : "B";
        return switch (random.nextInt(10)) {
            case 0 -> new RequisitionEvent.Submit();
            case 1 -> new RequisitionEvent.Approve();
            case 2 ->
                random.nextInt(8) == 0 ? new RequisitionEvent.Reject("no") : new RequisitionEvent.Submit();
            case 3 ->
                random.nextInt(8) == 0 ? new RequisitionEvent.Cancel("no") : new RequisitionEvent.Cancel("");
            case 4 -> new RequisitionEvent.Issue();
            case 5 -> new RequisitionEvent.Receive();
            case 6 -> new RequisitionEvent.Ship(new Shipment("SF", "1", "in-transit", NOW));
            case 7 -> new RequisitionEvent.GiveBack(part, 1 + random.nextInt(2));
            default -> new RequisitionEvent.Use(part, 1 + random.nextInt(2));
        };
    }

    private static Requisition fresh() {
        return new Requisition(1, 1, 1, null, RequisitionState.DRAFT, "MAIN", "VAN", "eve", null, "", NOW,
                NOW,
                List.of(new Line("A", "", 3, 0, 0), new Line("B", "", 1, 0, 0)), null);
    }

    private static Requisition done(Requisition before, RequisitionEvent event, String actor) {
        return ((RequisitionFlow.Outcome.Done) RequisitionFlow.next(before, event, actor, NOW)).after();
    }

    private static String refused(Requisition before, RequisitionEvent event, String actor) {
        return ((RequisitionFlow.Outcome.Refused) RequisitionFlow.next(before, event, actor, NOW)).why();
    }
}
