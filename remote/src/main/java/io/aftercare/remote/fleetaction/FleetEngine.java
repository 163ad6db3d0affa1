package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.window.Window;
import io.aftercare.remote.FleetFacts.Raised;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.Actions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves fleet actions on: looks at each that has not ended once a second, asks [FleetAction#next], and carries the answer out in
/// the same transaction; then has the actions asked for that it marked. Killed at any moment and started again, it goes on where
/// the last commit left it. One thread.
final class FleetEngine {
    private static final Logger LOG = LoggerFactory.getLogger(FleetEngine.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration WATCH = Duration.ofSeconds(10);
    private static final int CANDIDATES_MAX = 500;
    private static final int AT_ONCE_MAX = 200;

    private final RemoteGround ground;
    private final FleetBook book;
    private final Turns turns;
    private final AtomicInteger open;
    private final Map<String, Instant> watched = new HashMap<>();
    private final BackgroundLoop loop = new BackgroundLoop("fleet-actions", PERIOD, this::round);

    FleetEngine(RemoteGround ground, FleetBook book, Actions actions) {
        this.ground = ground;
        this.book = book;
        this.turns = new Turns(ground, actions, loop::wake);
        actions.listen(turns);
        this.open = Objects.requireNonNull(
                ground.meters().gauge("aftercare_remote_fleet_actions_open", new AtomicInteger()));
    }

    BackgroundLoop loop() {
        return loop;
    }

    /// One look at everything. A failure is logged and does not keep the others waiting; the next round tries again.
    ///
    /// @return whether there is more to do at once
    boolean round() {
        List<String> ids = ground.database().jdbi().withHandle(FleetSql::open);
        open.set(ids.size());
        watched.keySet().retainAll(ids);
        for (String id : ids) {
            attempt("fleet action " + id, () -> {
                watch(id);
                step(id);
            });
        }
        List<Turn> unasked = ground.database().jdbi()
                .withHandle(handle -> TurnSql.unasked(handle, AT_ONCE_MAX));
        unasked.forEach(turn -> attempt("the turn of " + turn.device(), () -> turns.ask(turn)));
        List<Turn> recalls = ground.database().jdbi()
                .withHandle(handle -> TurnSql.toRecall(handle, AT_ONCE_MAX));
        recalls.forEach(turn -> attempt("taking back from " + turn.device(), () -> turns.recall(turn)));
        return recalls.size() == AT_ONCE_MAX;
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} waits for the next round: {}", what, e.toString());
        }
    }

    private void step(String id) {
        Instant now = ground.now();
        ground.database().useTransaction(handle -> {
            FleetRow row = FleetSql.lock(handle, id).orElseThrow();
            if (row.value().state().isOver()) {
                return;
            }
            TurnSql.Census census = TurnSql.census(handle, id, row.value().stages().size());
            int asked = TurnSql.askedSince(handle, id, now.minus(Duration.ofMinutes(1)));
            FleetAction.Decision decision = row.value().next(new FleetEvent.Tick(census.tallies(), asked),
                    now);
            book.carryOut(handle, row, decision, Optional.empty(), now);
            for (FleetEffect effect : decision.effects()) {
                if (effect instanceof FleetEffect.Ask ask) {
                    take(handle, row.with(decision.next()), ask, now);
                }
            }
        });
    }

    private static void take(Handle handle, FleetRow row, FleetEffect.Ask ask, Instant now) {
        Window window = row.value().plan().window();
        List<Integer> places = new ArrayList<>();
        Map<Integer, Instant> later = new HashMap<>();
        for (TurnSql.Waiting waiting : TurnSql.due(handle, row.value().id(), ask.stage(), now,
                CANDIDATES_MAX)) {
            Instant opens = window == null ? now : window.opens(now, waiting.zone());
            if (opens.isAfter(now)) {
                later.put(waiting.turn().place(), opens);
            } else if (places.size() < ask.max()) {
                places.add(waiting.turn().place());
            }
        }
        TurnSql.putOff(handle, row.value().id(), later);
        TurnSql.ask(handle, row.value().id(), places, now);
    }

    /// Notes the faults that devices raised between their success and the end of the soak.
    private void watch(String id) {
        Instant now = ground.now();
        if (now.isBefore(watched.getOrDefault(id, Instant.EPOCH).plus(WATCH))) {
            return;
        }
        FleetRow row = ground.database().jdbi().withHandle(handle -> FleetSql.find(handle, id)).orElseThrow();
        FleetPlan.Gate gate = row.value().plan().gate();
        if (!gate.faults() || gate.soak().isZero()
                || row.value().state() == FleetActionState.AWAITING_APPROVAL) {
            return;
        }
        // a fault may come to light a little after it was raised
        Instant since = now.minus(gate.soak()).minus(WATCH.multipliedBy(2));
        List<Turn> some;
        int after = 0;
        do {
            int from = after;
            some = ground.database().jdbi()
                    .withHandle(handle -> TurnSql.watched(handle, id, since, from, CANDIDATES_MAX));
            note(some, gate.soak(), since);
            after = some.isEmpty() ? after : some.getLast().place();
        } while (some.size() == CANDIDATES_MAX);
        watched.put(id, now);
    }

    private void note(List<Turn> some, Duration soak, Instant since) {
        if (some.isEmpty()) {
            return;
        }
        Map<String, Turn> byDevice = new HashMap<>();
        some.forEach(turn -> byDevice.put(turn.device(), turn));
        List<DeviceId> devices = byDevice.keySet().stream().map(DeviceId::new).toList();
        for (Raised raised : ground.surroundings().raised(devices, since)) {
            Turn turn = byDevice.get(raised.device().value());
            Instant ended = turn == null ? null : turn.endedAt();
            if (turn != null && ended != null && raised.at().isAfter(ended)
                    && !raised.at().isAfter(ended.plus(soak))) {
                ground.database().useTransaction(handle -> TurnSql.fault(handle, turn, raised.code()));
            }
        }
    }
}
