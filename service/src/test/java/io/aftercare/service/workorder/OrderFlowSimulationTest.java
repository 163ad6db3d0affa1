package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One work order under random events of every kind; what must always hold is checked after each. The seed of a failure is in its
/// message. `-Dsimulation.seeds=30000` walks further.
class OrderFlowSimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 3000);
    private static final int EVENTS = 80;
    private static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");
    private static final Map<String, String> QUESTIONS = Map.of("id-shown", "Did you show your ID?");

    @Test
    @Tag("R35")
    void whateverHappensTheTableAndTheGuardsHold() {
        Set<WorkOrderState> seen = EnumSet.noneOf(WorkOrderState.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            WorkOrder order = draft(random);
            for (int i = 0; i < EVENTS; i++) {
                OrderEvent event = event(random, order);
                String where = "seed " + seed + ", event " + i + " " + event;
                Instant now = T0.plus(Duration.ofMinutes(i));
                if (OrderFlow.next(order, event, now) instanceof OrderOutcome.Done done) {
                    check(order, done.order(), event, where);
                    order = done.order();
                    seen.add(order.state());
                }
            }
        }
        assertThat(seen).as("the walk goes everywhere").containsExactlyInAnyOrder(WorkOrderState.values());
    }

    private static void check(WorkOrder before, WorkOrder after, OrderEvent event, String where) {
        if (after.state() != before.state()) {
            assertThat(before.state().mayBecome(after.state())).as(where).isTrue();
        }
        if (!before.state().isOpen()) {
            assertThat(after.state()).as(where).isEqualTo(before.state());
            assertThat(event).as(where).isInstanceOf(OrderEvent.HandBack.class);
        }
        Course course = after.course();
        WorkOrderState state = after.state();
        if (state == WorkOrderState.DONE) {
            assertThat(course.test()).as(where + ": done without a test").isNotNull();
            assertThat(Objects.requireNonNull(course.test()).passed()).as(where).isTrue();
            assertThat(course.repair()).as(where + ": done without a record").isNotNull();
            String firmware = after.job().detail().firmware();
            assertThat(firmware == null || firmware.equals("2.4")).as(where).isTrue();
        }
        if (state != WorkOrderState.DRAFT && state != WorkOrderState.FAILED) {
            assertThat(after.assignment()).as(where + ": nobody goes").isNotNull();
            assertThat(course.approval()).as(where + ": not reviewed").isNotNull();
        }
        if (state == WorkOrderState.DRAFT) {
            assertThat(after.assignment()).as(where).isNull();
        }
        boolean atWork = EnumSet.of(WorkOrderState.ON_SITE, WorkOrderState.REPAIRING, WorkOrderState.TESTING,
                WorkOrderState.DONE).contains(state);
        if (atWork && after.job().type().travels()) {
            assertThat(course.arrivedAt()).as(where + ": never arrived").isNotNull();
            assertThat(course.arrival().get("id-shown")).as(where).isNotBlank();
            assertThat(course.preparation().values()).as(where + ": unprepared").doesNotContain(false);
            assertThat(Objects.requireNonNull(after.assignment()).confirmedAt()).as(where).isNotNull();
        }
        if (state == WorkOrderState.FAILED) {
            assertThat(course.failure()).as(where + ": failed without a reason").isNotBlank();
        }
        assertThat(course.pickup() != null && state != WorkOrderState.DONE).as(where).isFalse();
    }

    private static WorkOrder draft(Random random) {
        WorkOrderType type = List.of(WorkOrderType.values()).get(random.nextInt(3));
        String firmware = type == WorkOrderType.INSTALL && random.nextBoolean() ? "2.4" : null;
        Job job = new Job(new DeviceId("LP-1"), "LP", "north", "", type,
                new Job.Detail("Fuser", firmware, null, List.of(), null));
        return new WorkOrder(7, 1, 3, job, WorkOrderState.DRAFT, T0, null, Course.NEW);
    }

    private static OrderEvent event(Random random, WorkOrder order) {
        // mostly what comes next, else anything
        int dice = random.nextInt(10) < 6 ? likely(order, random) : random.nextInt(16);
        Slot slot = new Slot(T0, T0.plus(Duration.ofHours(2)));
        return switch (dice) {
            case 0 -> new OrderEvent.Approve("cat", "");
            case 1 -> new OrderEvent.Ask("Which tray?");
            case 2 -> new OrderEvent.Dispatch(new Assignment("eve", 5, slot, null));
            case 3 ->
                new OrderEvent.Accept(order.job().type().travels() ? List.of("tools", "papers") : List.of());
            case 4 -> new OrderEvent.Withdraw("ill");
            case 5 -> new OrderEvent.Appoint(slot);
            case 6 -> new OrderEvent.Prepare(
                    Map.of(random.nextBoolean() ? "tools" : "papers", random.nextInt(5) > 0));
            case 7 -> new OrderEvent.Depart();
            case 8 ->
                new OrderEvent.Arrive(QUESTIONS, random.nextBoolean() ? Map.of() : Map.of("id-shown", "yes"));
            case 9 -> new OrderEvent.Begin();
            case 10 ->
                new OrderEvent.Write(new Course.Repair("hot", "new fuser", List.of(), 40, 20, "cool"));
            case 11 -> new OrderEvent.StartTest();
            case 12 -> new OrderEvent.Test(new Course.TestReport(random.nextInt(4) == 0
                    ? List.of()
                    : List.of(new Course.Check("page", "clean", null, random.nextBoolean())), "eve", T0));
            case 13 -> new OrderEvent.Finish(random.nextBoolean() ? "2.4" : "2.3");
            case 14 -> new OrderEvent.Fail(random.nextBoolean() ? null : "no access");
            default ->
                new OrderEvent.HandBack(new Course.Pickup(random.nextBoolean() ? "picked-up" : "shipped",
                        random.nextBoolean(), random.nextBoolean(), null, random.nextBoolean() ? "SF1" : null,
                        "ann",
                        T0));
        };
    }

    private static int likely(WorkOrder order, Random random) {
        return switch (order.state()) {
            case DRAFT -> order.course().approval() == null ? 0 : 2;
            case DISPATCHED -> 3;
            case ACCEPTED -> order.job().type().travels() ? 5 + random.nextInt(3) : 9;
            case EN_ROUTE -> 8;
            case ON_SITE -> 9;
            case REPAIRING -> order.course().repair() == null ? 10 : 11;
            case TESTING -> 12 + random.nextInt(2);
            case DONE, FAILED -> 15;
        };
    }
}
