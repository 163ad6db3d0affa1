package io.aftercare.remote.boost;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionListener;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.Wish;
import io.aftercare.remote.boost.BoostState.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Boosts: asked for by an action `set_interval` with a time after which the device goes back by itself, one a device and a few in the
/// fleet. What the backend keeps says only what the device was told; it need not be there for the device to go back.
/// Thread-safe; calls block.
final class Boosts implements ActionListener {
    /// A boost is for somebody who looks on: a device that does not come within this does not get it.
    static final Duration PATIENCE = Duration.ofMinutes(2);
    /// Longer than any action lasts that is not answered.
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);
    private static final String KEY = "boost:";
    private static final String END = "boost-end:";

    private final RemoteGround ground;
    private final Actions actions;
    private final int boostsMax;

    /// What somebody asks for.
    record Wanted(double seconds, int ttlSeconds, @Nullable List<String> metrics, @Nullable String ticket) {}

    Boosts(RemoteGround ground, Actions actions, int boostsMax) {
        this.ground = ground;
        this.actions = actions;
        this.boostsMax = boostsMax;
    }

    Boost begin(Principal who, Device device, Wanted wanted) {
        Instant now = ground.now();
        Boost boost = new Boost(Ids.next('b', ground.clock()), device.id().value(), wanted.seconds(),
                wanted.ttlSeconds(), wanted.metrics(), wanted.ticket(), who.name(), BoostState.WAITING, now,
                now.plus(FORGOTTEN), null, null, null, null, null);
        ground.database().useTransaction(handle -> {
            Boostable.check(handle, device.model(), wanted.metrics() != null);
            room(handle, boost.device());
            BoostStore.insert(handle, boost);
            Audit.append(handle, who, "boost.begin", "device/" + boost.device(), Json.object()
                    .put("boost", boost.id()).put("ticket", boost.ticket())
                    .set("params", boost.params(boost.ttlSeconds())));
        });
        try {
            Action action = actions.request(who, device.id(), Wish.of(Boostable.ACTION)
                    .with(boost.params(boost.ttlSeconds())).forTicket(boost.ticket()).within(PATIENCE)
                    .keyed(KEY + boost.id()));
            ground.database().useTransaction(handle -> BoostStore.asked(handle, boost.id(), action.id()));
        } catch (Problem refusal) {
            happen(boost.id(), Event.FAIL, null, String.valueOf(refusal.getMessage()));
            throw refusal;
        }
        tell(device);
        return newest(device).orElseThrow();
    }

    private void room(Handle handle, String device) {
        int live = BoostStore.countAlone(handle);
        BoostStore.live(handle, device).ifPresent(other -> {
            throw Problem.conflict("Device " + device + " is boosted already, by " + other.by()
                    + (other.until() == null ? "" : " until " + other.until()) + "; end that first");
        });
        if (live >= boostsMax) {
            throw Problem.conflict(live + " devices are boosted, which is as many as may be at a time");
        }
    }

    /// Ends a boost early: the device is told that one more second of it is enough, which needs no knowledge of its usual interval.
    Boost end(Principal who, Device device) {
        Boost boost = ground.database().jdbi()
                .withHandle(handle -> BoostStore.live(handle, device.id().value()))
                .orElseThrow(() -> Problem.conflict("Device " + device.id() + " is not boosted"));
        if (boost.state() == BoostState.WAITING && boost.action() != null) {
            actions.cancel(who, boost.action(), "the boost is not wanted any more");
        } else if (boost.state() == BoostState.ACTIVE) {
            actions.request(who, device.id(), Wish.of(Boostable.ACTION).with(boost.params(1))
                    .forTicket(boost.ticket()).within(left(boost)).keyed(END + boost.id()));
        }
        ground.database().useTransaction(handle -> {
            change(handle, boost.id(), Event.END, who.name(), null);
            Audit.append(handle, who, "boost.end", "device/" + boost.device(),
                    Json.object().put("boost", boost.id()));
        });
        tell(device);
        return newest(device).orElseThrow();
    }

    private Duration left(Boost boost) {
        Instant until = boost.until() == null ? ground.now() : boost.until();
        Duration left = Duration.between(ground.now(), until);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }

    @Override
    public void ended(Handle handle, Action action) {
        String key = action.key();
        if (key == null || !key.startsWith(KEY)) {
            return;
        }
        String id = key.substring(KEY.length());
        switch (action.state()) {
            case SUCCEEDED -> change(handle, id, Event.TAKE, null, null);
            case CANCELLED -> change(handle, id, Event.END, action.decidedBy(), null);
            case REJECTED, FAILED, TIMED_OUT, EXPIRED -> change(handle, id, Event.FAIL, null,
                    action.error() == null ? action.state().text() : action.error());
            case REQUESTED, APPROVED, QUEUED, SENT, DELIVERED -> {
                // not over
            }
        }
    }

    /// Looks after at most `limit` boosts whose time has come; answers how many.
    int pass(int limit) {
        Instant now = ground.now();
        List<String> due = ground.database().jdbi().withHandle(handle -> BoostStore.due(handle, now, limit));
        due.forEach(id -> happen(id, Event.PASS, null, null));
        return due.size();
    }

    private void happen(String id, Event event, @Nullable String who, @Nullable String error) {
        ground.database().useTransaction(handle -> change(handle, id, event, who, error));
    }

    private void change(Handle handle, String id, Event event, @Nullable String who,
            @Nullable String error) {
        Boost before = BoostStore.lock(handle, id).orElse(null);
        Optional<BoostState> next = before == null ? Optional.empty() : before.state().after(event);
        if (before == null || next.isEmpty()) {
            return; // it moved on meanwhile
        }
        Instant now = ground.now();
        Instant until = next.get() == BoostState.ACTIVE
                ? now.plusSeconds(before.ttlSeconds())
                : before.until();
        boolean live = next.get().isLive();
        BoostStore.update(handle, before.in(next.get(), live ? until : null, until, live ? null : now, who,
                next.get() == BoostState.FAILED && error == null ? "no answer" : error));
        handle.afterCommit(() -> ground.devices().find(new DeviceId(before.device())).ifPresent(this::tell));
    }

    Optional<Boost> newest(Device device) {
        return ground.database().jdbi()
                .withHandle(handle -> BoostStore.newest(handle, device.id().value()));
    }

    List<Boost> live(Principal who, String after, int limit) {
        return ground.database().jdbi().withHandle(handle -> BoostStore.live(handle, who, after, limit));
    }

    int count() {
        return ground.database().jdbi().withHandle(BoostStore::count);
    }

    private void tell(Device device) {
        DeviceEvents.tell(ground.events(), device.id().value(), device.outlet(),
                Json.object().put("what", "boost"));
    }
}
