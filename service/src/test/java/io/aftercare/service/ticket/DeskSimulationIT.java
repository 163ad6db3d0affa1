package io.aftercare.service.ticket;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.TestApi;
import io.aftercare.service.MutableClock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.service.sla.ClockStore;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.sla.ClockPlans;
import io.aftercare.service.sla.Grades;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The desk over a real database, under faults that flap, fixes that fail, people, and crashes: any step may be rolled back
/// just before its commit and be told again, as after a `kill -9`. The seed of a failure is in its message.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskSimulationIT {
    /// `-Dsimulation.seeds=100` walks further.
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 4);
    private static final int EVENTS = 120;
    private static final List<String> CODES = List.of("FUSER_OVERHEAT", "DOOR_OPEN");

    private static final class Crash extends RuntimeException {}

    private Database database;
    private MutableClock clock;
    private Tickets tickets;
    private FaultDesk faults;
    private int faultCount;
    private final Map<String, Integer> raises = new TreeMap<>();

    @BeforeAll
    void open() {
        database = TestDatabase.create("service");
        clock = new MutableClock(TestApi.START);
        tickets = new Tickets(new ClockPlans((_, _, _) -> Grades.STANDARD), (_, _) -> {
        }, new Rooms(), clock);
        faults = new FaultDesk(tickets, Duration.ofDays(3));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void oneOpenCaseAFaultWhateverHappensAndHoweverOftenItIsTold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<String> known = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                clock.forward(Duration.ofMinutes(random.nextInt(300)));
                step(random, "S" + seed + "-" + random.nextInt(2), known);
            }
            check("seed " + seed);
        }
        int joined = count("SELECT count(*) FROM service.ticket_fault")
                - count("SELECT count(*) FROM service.ticket WHERE fault IS NOT NULL");
        assertThat(joined).as("faults that joined a known case").isPositive();
        assertThat(count("SELECT count(*) FROM service.ticket WHERE state = 'resolved'")).isPositive();
    }

    @Test
    void theTimelineAndTheClocksEventsCannotBeChanged() {
        for (String table : List.of("timeline", "clock_event")) {
            for (String deed : List.of("UPDATE service." + table + " SET at = now()",
                    "DELETE FROM service." + table,
                    "TRUNCATE service." + table)) {
                assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute(deed))).as(deed)
                        .hasMessageContaining("append-only");
            }
        }
    }

    private void step(Random random, String device, List<String> known) {
        String code = CODES.get(random.nextInt(2));
        ObjectNode fix = Json.object().put("device", device).put("release", "R" + random.nextInt(2))
                .put("version", "2.4").put("campaign", "C1").put("at", clock.instant().toString())
                .put("soak", "PT2H").put("reason", "no space").put("n", random.nextInt(40));
        fix.putArray("codes").add(code);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                String fault = device + "/" + code + "/" + faultCount++;
                known.add(fault);
                raises.put(fault, 1);
                ObjectNode notice = notice(fault, random);
                told(random, handle -> faults.raised(handle, notice));
                told(random, handle -> faults.raised(handle, notice)); // a fault opens a case once
            }
            case 2 -> withKnown(random, known, notice -> {
                raises.merge(notice.get("fault").asText(), 1, Integer::sum);
                told(random, handle -> faults.raisedAgain(handle, notice));
            });
            case 3 ->
                withKnown(random, known, notice -> told(random, handle -> faults.cleared(handle, notice)));
            case 4 -> told(random, handle -> faults.fixScheduled(handle, fix));
            case 5 -> told(random, handle -> faults.fixInstalled(handle, fix));
            case 6 -> told(random, handle -> {
                if (fix.path("n").asInt() % 2 == 0) {
                    faults.fixFailed(handle, fix);
                } else {
                    faults.fixWithheld(handle, fix);
                }
            });
            case 7 -> new SoakWatch(database, tickets, (_, _) -> new FaultHistory.Sighting(null, false,
                    clock.instant())).runDue();
            case 8 -> new BreachWatch(database, tickets).runDue();
            default -> person(random);
        }
    }

    private void person(Random random) {
        TicketState[] all = TicketState.values();
        TicketState to = all[random.nextInt(all.length)];
        List<Long> ids = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT id FROM service.ticket ORDER BY id DESC LIMIT 4").mapTo(Long.class)
                .list());
        for (long id : ids) {
            told(random, handle -> {
                Ticket ticket = TicketStore.lock(handle, id).orElseThrow();
                Signal signal = ticket.signal();
                boolean other = signal != null && !ticket.state().isOpen()
                        && TicketStore.openFor(handle, ticket.device(), signal.code()).isPresent();
                if (!other) {
                    tickets.apply(handle, ticket, new TicketEvent.Transition(to, "why", "worn", "test"),
                            Samples.ANN);
                }
            });
        }
    }

    private ObjectNode notice(String fault, Random random) {
        List<String> parts = List.of(fault.split("/", -1));
        Instant at = clock.instant().minus(Duration.ofMinutes(random.nextInt(5) == 0 ? 2000 : 0));
        ObjectNode notice = Json.object().put("fault", fault).put("device", parts.get(0))
                .put("code", parts.get(1))
                .put("severity", "major").put("at", at.toString());
        notice.putObject("values").put("fuser_temp", 215);
        return notice;
    }

    private void withKnown(Random random, List<String> known, Consumer<ObjectNode> use) {
        if (!known.isEmpty()) {
            use.accept(notice(known.get(random.nextInt(known.size())), random));
        }
    }

    /// Crashes before the commit now and then, and tells again.
    private void told(Random random, Consumer<Handle> work) {
        while (random.nextInt(4) == 0) {
            try {
                database.useTransaction(handle -> {
                    work.accept(handle);
                    throw new Crash();
                });
            } catch (Crash e) {
                assertThat(e).as("rolled back on purpose").isNotNull();
            }
        }
        database.useTransaction(work::accept);
    }

    private void check(String seed) {
        assertThat(
                count("""
                        SELECT count(*) FROM (SELECT device, fault_code FROM service.ticket
                            WHERE state NOT IN ('resolved', 'verified', 'closed', 'cancelled') AND fault_code IS NOT NULL
                            GROUP BY device, fault_code HAVING count(*) > 1) doubled"""))
                .as(seed).isZero();
        assertThat(count("""
                SELECT count(*) FROM service.ticket t WHERE fault IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM service.ticket_fault f WHERE f.fault = t.fault)"""))
                .as(seed).isZero();
        assertThat(count("SELECT count(*) FROM fleet.outbox WHERE topic = 'ticket.opened'"))
                .as(seed + ": every fault with a case is told of").isGreaterThanOrEqualTo(
                        count("SELECT count(*) FROM service.ticket_fault"));
        Map<String, Integer> noted = new TreeMap<>();
        database.jdbi().useHandle(handle -> handle.createQuery("SELECT data->>'fault', count(*)::int"
                + " FROM service.timeline WHERE kind = 'fault' GROUP BY 1")
                .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(entry -> noted.put(entry.getKey(), entry.getValue())));
        assertThat(noted).as(seed + ": every raise is noted once").isEqualTo(raises);
        database.jdbi()
                .useHandle(handle -> handle.createQuery("SELECT id FROM service.ticket").mapTo(Long.class)
                        .forEach(id -> check(handle, id, seed + ", " + Ticket.number(id))));
    }

    private void check(Handle handle, long id, String seed) {
        Ticket ticket = TicketStore.find(handle, id).orElseThrow();
        TicketState state = TicketState.NEW;
        List<Timeline.Entry> timeline = Timeline.of(handle, id);
        assertThat(timeline).as(seed).extracting(Timeline.Entry::kind).containsOnlyOnce("opened");
        for (Timeline.Entry entry : timeline) {
            if (entry.kind().equals("transition") && entry.data() != null) {
                TicketState to = TicketState.parse(entry.data().get("to").asText()).orElseThrow();
                assertThat(entry.data().get("from").asText()).as(seed).isEqualTo(state.text());
                assertThat(state.mayBecome(to)).as(seed).isTrue();
                state = to;
            }
        }
        assertThat(ticket.state()).as(seed).isEqualTo(state);
        Clocks clocks = ClockStore.find(handle, id);
        assertThat(clocks.all()).as(seed).noneMatch(one -> one.runs()
                && (ticket.state().pausesClocks() || !ticket.state().isOpen()));
        Instant due = handle.createQuery("SELECT next_due FROM service.ticket WHERE id = :id").bind("id", id)
                .map((row, _) -> Columns.instant(row, "next_due")).one();
        assertThat(java.util.Optional.ofNullable(due)).as(seed)
                .isEqualTo(clocks.next().map(Clocks.Next::due));
        assertThat(handle.createQuery("SELECT count(*) FROM service.clock WHERE ticket = :id"
                + " AND (state = 'running') <> (due_at IS NOT NULL) AND state <> 'breached'").bind("id", id)
                .mapTo(Integer.class).one()).as(seed).isZero();
    }

    private int count(String sql) {
        return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }
}
