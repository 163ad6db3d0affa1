package io.aftercare.service.ticket;

import static io.aftercare.service.ticket.Samples.ANN;
import static io.aftercare.service.ticket.Samples.BOB;
import static io.aftercare.service.ticket.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import io.aftercare.service.sla.ClockState;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.sla.Promises;
import io.aftercare.service.sla.ServiceClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One case under random events of every kind, with its clocks; what must always hold is checked after each. The seed of a
/// failure is in its message.
class TicketFlowSimulationTest {
    /// `-Dsimulation.seeds=3000` walks further.
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);
    private static final int EVENTS = 60;

    private record World(Ticket ticket, Clocks clocks, List<Note> notes, Instant now) {}

    @Test
    void whateverHappensTheTableTheGuardsAndTheClocksHold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            World end = run(seed);
            assertThat(run(seed)).as("seed " + seed + " once more").isEqualTo(end);
        }
    }

    private static World run(long seed) {
        Random random = new Random(seed);
        Ticket first = random.nextBoolean() ? Samples.ofFault() : Samples.ofPerson();
        Clocks clocks = Clocks.start(Promises.handbook(first.signal() == null), T0);
        World world = new World(first, clocks, List.of(), T0);
        for (int i = 0; i < EVENTS; i++) {
            Instant now = world.now().plus(Duration.ofMinutes(random.nextInt(600)));
            Actor actor = List.of(ANN, BOB, Actor.SYSTEM).get(random.nextInt(3));
            TicketEvent event = event(random, world.ticket(), now);
            world = step(world, event, actor, now, "seed " + seed + ", event " + i + " " + event);
        }
        return world;
    }

    private static World step(World world, TicketEvent event, Actor actor, Instant now, String seed) {
        Ticket before = world.ticket();
        return switch (TicketFlow.next(before, event, actor, now)) {
            case Outcome.Refused refused -> {
                assertThat(isAsked(event)).as(seed + ": refused is only what a person asks").isTrue();
                assertThat(refused.why()).as(seed).isNotBlank();
                yield new World(before, world.clocks().tick(now), world.notes(), now);
            }
            case Outcome.Done done -> {
                Ticket after = done.ticket();
                Clocks clocks = Tickets.clocks(world.clocks(), before, done, now);
                checkTicket(before, after, done.notes(), seed);
                if (event instanceof TicketEvent.Weighed) {
                    assertThat(after.progress().priority()).as(seed + ": never less urgent by itself")
                            .isLessThanOrEqualTo(before.progress().priority());
                }
                if (event instanceof TicketEvent.Snoozed) {
                    assertThat(clocks).as(seed + ": to wait stops no clock").isEqualTo(world.clocks());
                }
                checkClocks(world.clocks(), clocks, after, now, seed);
                List<Note> notes = new ArrayList<>(world.notes());
                notes.addAll(done.notes());
                yield new World(after, clocks, notes, now);
            }
        };
    }

    private static void checkTicket(Ticket before, Ticket after, List<Note> notes, String seed) {
        checkHandling(before, after, notes, seed);
        if (after.state() != before.state()) {
            assertThat(before.state().mayBecome(after.state())).as(seed).isTrue();
            assertThat(notes).as(seed).filteredOn(note -> note.kind().equals("transition")).hasSize(1);
        }
        Progress progress = after.progress();
        assertThat(progress.state().isSolved() && progress.rootCause() == null).as(seed).isFalse();
        assertThat(progress.state() == TicketState.CLOSED && progress.verification() == null).as(seed)
                .isFalse();
        assertThat(progress.resolvedAt() != null).as(seed).isEqualTo(progress.state().isSolved());
        assertThat(before.progress().owner() != null && progress.owner() == null).as(seed).isFalse();
        if (!after.equals(before)) {
            assertThat(notes.isEmpty() && after.fix() != null && after.fix().extensions() < 2).as(seed)
                    .isFalse();
        }
    }

    private static void checkHandling(Ticket before, Ticket after, List<Note> notes, String seed) {
        Handling then = after.handling();
        boolean solvedBefore = before.state().isSolved();
        assertThat(then.reopened() - before.handling().reopened()).as(seed + ": reopenings are counted")
                .isEqualTo(solvedBefore && after.state() == TicketState.REOPENED ? 1 : 0);
        if (then.mergedInto() != null) {
            assertThat(after.state()).as(seed + ": a duplicate is over").isEqualTo(TicketState.CANCELLED);
        }
        if (before.state() == TicketState.CANCELLED && after.state() != TicketState.CANCELLED) {
            assertThat(before.handling().mergedInto()).as(seed + ": only a duplicate comes back").isNotNull();
        }
        Instant until = then.snoozedUntil();
        if (until != null) {
            assertThat(after.state().isOpen()).as(seed + ": only open cases wait").isTrue();
            assertThat(until.equals(before.handling().snoozedUntil()) || notes.stream().anyMatch(
                    note -> note.kind().equals("snoozed") && !until.isAfter(note.at().plus(
                            CareFlow.SNOOZE_MAX))))
                    .as(seed + ": not for long").isTrue();
        }
        if (after.state().isOpen() && after.progress().priority() == Priority.P1) {
            assertThat(then.escalation()).as(seed + ": a manager knows of a major case").isNotNull();
        }
    }

    private static void checkClocks(Clocks before, Clocks after, Ticket ticket, Instant now, String seed) {
        for (int i = 0; i < after.all().size(); i++) {
            ServiceClock old = before.all().get(i);
            ServiceClock clock = after.all().get(i);
            assertThat(clock.events().subList(0, old.events().size())).as(seed).isEqualTo(old.events());
            assertThat(clock.runs() && ticket.state().pausesClocks()).as(seed).isFalse();
            assertThat(clock.runs() && !ticket.state().isOpen()).as(seed).isFalse();
            assertThat(clock.counted(now)).as(seed)
                    .isGreaterThanOrEqualTo(old.counted(old.events().getLast().at()));
            assertThat(old.isBreached() && clock.state() != ClockState.BREACHED).as(seed).isFalse();
        }
        boolean running = ticket.state().isOpen() && !ticket.state().pausesClocks();
        assertThat(after.next().isPresent()).as(seed).isEqualTo(running);
    }

    private static TicketEvent event(Random random, Ticket ticket, Instant now) {
        Instant earlier = now.minus(Duration.ofMinutes(random.nextInt(900)));
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> {
                TicketState[] all = TicketState.values();
                yield new TicketEvent.Transition(all[random.nextInt(all.length)],
                        random.nextInt(4) == 0 ? null : "because", random.nextBoolean() ? "worn" : null,
                        random.nextBoolean() ? "test" : null);
            }
            case 4 -> new TicketEvent.Comment("words", random.nextBoolean());
            case 5 -> new TicketEvent.Edit(random.nextBoolean() ? "Title " + random.nextInt(3) : null,
                    Priority.P1, random.nextBoolean() ? new TicketEvent.Ownership("bob") : null);
            case 6 ->
                new TicketEvent.RaisedAgain("F" + random.nextInt(3), code(random), earlier, Json.object());
            case 7 -> new TicketEvent.Cleared("F1", code(random), earlier);
            case 8 -> new TicketEvent.FixScheduled(message(random));
            case 9 -> new TicketEvent.FixInstalled(message(random), earlier,
                    Duration.ofMinutes(random.nextInt(60)));
            case 10 -> new TicketEvent.FixMissing(message(random), random.nextBoolean(), "no space");
            case 11 -> new TicketEvent.Weighed("F1", code(random), random.nextBoolean() ? "critical" : "info",
                    List.of(Priority.values()).get(random.nextInt(4)), earlier, Json.object());
            case 12, 13, 14, 15, 16 -> arranged(random, now);
            case 17 -> new TicketEvent.Mended("7", "Restart", earlier, Duration.ofMinutes(random.nextInt(60)),
                    "believed fixed");
            case 18 -> new TicketEvent.Sent("nothing helps");
            default -> {
                Fix fix = ticket.fix();
                yield fix == null || fix.soakUntil() == null
                        ? new TicketEvent.Comment("nothing to watch", false)
                        : new TicketEvent.Soaked(Soak.decide(fix, new FaultHistory.Sighting(
                                random.nextBoolean() ? null : earlier, random.nextInt(4) == 0,
                                random.nextBoolean() ? null : now), now));
            }
        };
    }

    private static boolean isAsked(TicketEvent event) {
        return switch (event) {
            case TicketEvent.Transition _, TicketEvent.Edit _, TicketEvent.Matched _, TicketEvent.Escalated _, TicketEvent.Acknowledged _, TicketEvent.Snoozed _, TicketEvent.Merged _, TicketEvent.Unmerged _ ->
                true;
            case TicketEvent.Comment _, TicketEvent.Answered _, TicketEvent.Woken _, TicketEvent.Absorbed _, TicketEvent.RaisedAgain _, TicketEvent.Cleared _, TicketEvent.Weighed _, TicketEvent.FixScheduled _, TicketEvent.FixInstalled _, TicketEvent.FixMissing _, TicketEvent.Mended _, TicketEvent.Sent _, TicketEvent.Soaked _ ->
                false;
        };
    }

    /// Of the case's own fault, or of a duplicate's.
    private static String code(Random random) {
        return random.nextInt(3) == 0 ? "DOOR_OPEN" : "FUSER_OVERHEAT";
    }

    private static TicketEvent arranged(Random random, Instant now) {
        return switch (random.nextInt(9)) {
            case 0, 1 ->
                new TicketEvent.Snoozed(now.plus(Duration.ofHours(random.nextInt(800) - 20)), "later");
            case 2 -> new TicketEvent.Woken("in time", "hand");
            case 3 -> new TicketEvent.Merged(random.nextInt(3) + 7, "the same");
            case 4 -> new TicketEvent.Unmerged("another");
            case 5 -> new TicketEvent.Answered("still broken");
            case 6 -> new TicketEvent.Escalated("beyond us");
            case 7 -> new TicketEvent.Acknowledged();
            default -> new TicketEvent.Absorbed(99, random.nextBoolean(), "the same");
        };
    }

    private static FixMessage message(Random random) {
        int which = random.nextInt(2);
        return new FixMessage("R" + which, "2.4", "C" + which, 1, 2, random.nextInt(9));
    }
}
