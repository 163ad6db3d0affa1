package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.Allowed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What people do with fleet actions. Thread-safe; calls block, and have transactions of their own.
final class FleetActions {
    private static final Duration ALONE = Duration.ofHours(1);

    private final RemoteGround ground;
    private final Actions actions;
    private final FleetBook book;
    private final TargetDevices targets;
    private final FleetActionConfig config;
    private final Runnable changed;

    /// @param changed called when there may be something to do
    FleetActions(RemoteGround ground, Actions actions, FleetBook book, Runnable changed) {
        this.ground = ground;
        this.actions = actions;
        this.book = book;
        this.targets = new TargetDevices(ground);
        this.config = ground.config().fleetActions();
        this.changed = changed;
    }

    /// What would be asked for, and what it takes.
    ///
    /// @param devices      how many
    /// @param needsConfirm whether their number has to be typed
    /// @param stages        how many devices are in each
    /// @param first        the devices that come first, some of them
    record Preview(int devices, String actionClass, boolean needsTicket, boolean needsConfirm,
            boolean needsSecondPerson, List<Integer> stages, List<String> first) {}

    private record Wanted(FleetPlan plan, Allowed allowed, List<FleetGuards.Chosen> chosen) {
        List<String> ids() {
            return chosen.stream().map(FleetGuards.Chosen::id).toList();
        }
    }

    private Wanted wanted(NewFleetAction wish) {
        FleetPlan plan = wish.plan();
        Allowed allowed = actions.allowed(wish.model(), wish.action(), wish.given());
        if (allowed.purpose() != Purpose.ACTION) {
            throw Problem.conflict("The action " + wish.action()
                    + " opens a shell or takes data off a device: ask for it device by device");
        }
        List<FleetGuards.Chosen> chosen = targets.choose(wish, config.devicesMax());
        return new Wanted(plan, allowed, chosen);
    }

    Preview preview(Principal who, NewFleetAction wish) {
        Wanted wanted = wanted(wish);
        FleetGuards.person(who, wanted.chosen());
        int devices = wanted.chosen().size();
        int recent = ground.database().jdbi()
                .withHandle(handle -> FleetSql.aloneSince(handle, who.name(), ground.now().minus(ALONE)));
        List<Stages.Place> places = Stages.places("preview", wanted.ids(), wish.canaries(),
                wanted.plan().stages());
        List<Integer> stages = IntStream.range(0, wanted.plan().stages().size())
                .mapToObj(stage -> (int) places.stream().filter(place -> place.stage() == stage).count())
                .toList();
        return new Preview(devices, wanted.allowed().actionClass().name(),
                FleetGuards.needsTicket(wanted.allowed().actionClass()),
                FleetGuards.needsConfirm(wanted.allowed().actionClass(), devices, recent, config.aloneMax()),
                FleetGuards.needsSecondPerson(wanted.allowed().actionClass(), devices, recent,
                        config.aloneMax()),
                stages, wanted.ids().stream().limit(10).toList());
    }

    FleetRow request(Principal who, NewFleetAction wish) {
        FleetRow made = refusalsNoted(who, "request", "fleet-action",
                Json.object().put("action", wish.action()).put("model", wish.model()).put("why", wish.why()),
                () -> ask(who, wish));
        changed.run();
        return made;
    }

    private FleetRow ask(Principal who, NewFleetAction wish) {
        Wanted wanted = wanted(wish);
        Optional<DeviceId> ticketDevice = Optional.ofNullable(wish.ticket())
                .flatMap(ground.surroundings()::deviceOf)
                .filter(device -> wanted.ids().contains(device.value()));
        Instant now = ground.now();
        String id = Ids.next('f', ground.clock());
        List<Stages.Place> places = Stages.places(id, wanted.ids(), wish.canaries(), wanted.plan().stages());
        FleetRow made = ground.database().inTransaction(handle -> {
            // two at once would each count as the first
            handle.execute("SELECT pg_advisory_xact_lock(hashtext('remote.fleet_action'))");
            if (FleetSql.open(handle).size() >= config.openMax()) {
                throw Problem.conflict("There are " + config.openMax()
                        + " fleet actions already that have not ended; wait, or abort one");
            }
            int recent = FleetSql.aloneSince(handle, who.name(), now.minus(ALONE));
            FleetGuards.check(who,
                    new FleetGuards.Case(wanted.allowed().actionClass(), wanted.chosen(), recent,
                            wish.ticket(), ticketDevice.isPresent(), wish.confirm()),
                    config);
            boolean second = FleetGuards.needsSecondPerson(wanted.allowed().actionClass(), places.size(),
                    recent,
                    config.aloneMax());
            FleetAction value = FleetAction.made(id, who.name(), wanted.plan(), second, now,
                    now.plus(wish.time()));
            FleetRow row = new FleetRow(value, wish.model(), wish.action(), wanted.allowed().actionClass(),
                    wish.given(), wish.target(), wish.ticket(),
                    ticketDevice.map(DeviceId::value).orElse(null),
                    wish.why(), who, places.size(), now, null, 1);
            FleetSql.insert(handle, row);
            TurnSql.insert(handle, id, places, now);
            Audit.append(handle, who, "fleet-action.request", "fleet-action/" + id, Json.object()
                    .put("action", wish.action()).put("class", row.actionClass().name())
                    .put("model", wish.model())
                    .put("params", Sha256.hex(Json.text(wish.given()))).put("target", wish.target())
                    .put("devices", places.size()).put("ticket", wish.ticket()).put("why", wish.why())
                    .put("state", value.state().text()));
            return row;
        });
        book.tell(made.value());
        return made;
    }

    FleetRow approve(Principal who, String id, Optional<Integer> version) {
        return act(who, id, version, "approve", Json.object(), (row, _) -> {
            FleetGuards.person(who,
                    ground.database().jdbi().withHandle(handle -> TurnSql.devices(handle, id)));
            return new FleetEvent.Approve(who.name());
        });
    }

    FleetRow reject(Principal who, String id, Optional<Integer> version, String reason) {
        return act(who, id, version, "reject", because(reason),
                (_, _) -> new FleetEvent.Reject(who.name(), reason));
    }

    FleetRow pause(Principal who, String id, Optional<Integer> version, String reason) {
        return act(who, id, version, "pause", because(reason),
                (_, _) -> new FleetEvent.Pause(who.name(), reason));
    }

    FleetRow resume(Principal who, String id, Optional<Integer> version) {
        return act(who, id, version, "resume", Json.object(), (_, tallies) -> new FleetEvent.Resume(tallies));
    }

    FleetRow advance(Principal who, String id, Optional<Integer> version) {
        return act(who, id, version, "advance", Json.object(), (_, _) -> new FleetEvent.Advance());
    }

    FleetRow abort(Principal who, String id, Optional<Integer> version, String reason) {
        return act(who, id, version, "abort", because(reason),
                (_, _) -> new FleetEvent.Abort(who.name(), reason));
    }

    private static ObjectNode because(String reason) {
        return Json.object().put("reason", reason);
    }

    @FunctionalInterface
    private interface Saying {
        FleetEvent event(FleetRow row, List<Tally> tallies);
    }

    private FleetRow act(Principal who, String id, Optional<Integer> version, String verb, ObjectNode detail,
            Saying saying) {
        FleetRow after = refusalsNoted(who, verb, "fleet-action/" + id, detail, () -> {
            Instant now = ground.now();
            return ground.database().inTransaction(handle -> {
                FleetRow row = FleetSql.lock(handle, id)
                        .orElseThrow(() -> Problem.notFound("fleet action", id));
                version.filter(known -> known != row.version()).ifPresent(_ -> {
                    throw Problem.staleVersion("fleet action", id, row.version());
                });
                List<Tally> tallies = TurnSql.census(handle, id, row.value().stages().size()).tallies();
                FleetAction.Decision decision = row.value().next(saying.event(row, tallies), now);
                book.carryOut(handle, row, decision, Optional.of(new FleetBook.Deed(who, verb, detail)), now);
                return FleetSql.find(handle, id).orElseThrow();
            });
        });
        changed.run();
        return after;
    }

    private <T> T refusalsNoted(Principal who, String deed, String object, ObjectNode detail,
            Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem refusal) {
            actions.refused(who, "fleet " + deed, object, detail.deepCopy(), refusal);
            throw refusal;
        }
    }

    FleetRow find(String id) {
        return ground.database().jdbi().withHandle(handle -> FleetSql.find(handle, id))
                .orElseThrow(() -> Problem.notFound("fleet action", id));
    }

    TurnSql.Census census(FleetRow row) {
        return ground.database().jdbi().withHandle(
                handle -> TurnSql.census(handle, row.value().id(), row.value().stages().size()));
    }

    List<FleetRow> list(@Nullable String state, @Nullable String after, int limit) {
        return ground.database().jdbi().withHandle(handle -> FleetSql.list(handle, state, after, limit));
    }

    List<Turn> turns(String id, @Nullable String state, @Nullable Integer stage, long after, int limit) {
        find(id);
        return ground.database().jdbi()
                .withHandle(handle -> TurnSql.list(handle, id, state, stage, after, limit));
    }
}
