package io.aftercare.diagnostics.engine;

import java.util.function.IntPredicate;
import java.util.function.ObjLongConsumer;

/// When a lane should look at whose silence. A device has one timer that counts; what comes of it meanwhile moves nothing, and when the
/// timer is over one looks whether it is time. One lane's; not thread-safe.
final class LaneSilence {
    private final LaneHome home;
    private final TimerWheel<LaneDevices.Entry> met = new TimerWheel<>();
    private final TimerWheel<Roster.Waiting> waiting = new TimerWheel<>();
    private Roster taken = Roster.EMPTY;
    private long deafUntil;

    LaneSilence(LaneHome home) {
        this.home = home;
        this.deafUntil = home.listeningFrom();
    }

    /// Nobody could listen before this moment.
    void listenFrom(long micros) {
        deafUntil = Math.max(deafUntil, micros + home.graceMicros());
    }

    /// When there may be something to look at.
    long wakeAt() {
        long next = home.roster().number() == taken.number() ? Math.min(met.next(), waiting.next()) : 0;
        return next == Long.MAX_VALUE ? next : Math.max(deafUntil, next);
    }

    /// Sees to it that a device is looked at in time.
    void watch(LaneDevices.Entry entry) {
        if (entry.state.plan.listens) {
            long at = entry.state.wakeAt();
            if (at < entry.timerAt) {
                entry.timerAt = at;
                met.add(entry, at);
            }
        }
    }

    /// A device that is forgotten is looked for by its number.
    void forget(LaneDevices.Entry entry) {
        if (entry.state.plan.listens && entry.timerAt != Long.MAX_VALUE) {
            waiting.add(new Roster.Waiting(entry.number, entry.state.device().id(), entry.state.arrived(),
                    entry.timerAt), entry.timerAt);
            entry.timerAt = Long.MAX_VALUE;
        }
    }

    /// Tells whom to look at.
    ///
    /// @param owns    which devices are the lane's, by number
    /// @param unknown devices that the lane may not have met
    void expire(long now, IntPredicate owns, ObjLongConsumer<LaneDevices.Entry> known,
            ObjLongConsumer<Roster.Waiting> unknown) {
        if (now < deafUntil) {
            return;
        }
        Roster roster = home.roster();
        if (roster.number() != taken.number()) {
            taken = roster;
            roster.devices().stream().filter(device -> owns.test(device.number()))
                    .forEach(device -> waiting.add(device, device.dueMicros()));
        }
        met.expire(now, (entry, at) -> {
            if (entry.timerAt == at) {
                entry.timerAt = Long.MAX_VALUE;
                known.accept(entry, at);
            }
        });
        waiting.expire(now, unknown);
    }
}
