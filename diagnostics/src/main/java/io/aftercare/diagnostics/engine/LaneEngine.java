package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.FaultStore;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges what comes of the devices that one lane owns. Called from that lane's thread only: [#accept], [#event], [#text] and [#heard]
/// for each input of a batch, [#write] in the transaction that stores the batch, [#committed] after its commit. A batch whose transaction
/// failed is written again as it was; its inputs are not judged again. Where nothing comes, [#tick] does.
///
/// Times: `micros` by the device's clock, `arrived` by the server's.
public final class LaneEngine {
    private static final Logger LOG = LoggerFactory.getLogger(LaneEngine.class);

    /// How soon a lane that nothing comes to goes on with what it could not put away at once.
    private static final long BEHIND_MICROS = 500_000;

    private final LaneHome home;
    private final LaneDevices devices = new LaneDevices();
    private final FaultBook book;
    private final Recall recall;
    private final LaneSnapshots snapshots;
    private final LaneSilence silence;
    private final CohortShare cohorts;
    private IntPredicate owned = _ -> true;
    /// The device with a text that is not judged yet.
    private LaneDevices.@Nullable Entry unsettled;
    private long evaluations;
    private long commits;
    private int untimed;

    LaneEngine(LaneHome home, int index) {
        this.home = home;
        this.book = new FaultBook(home.clock());
        this.recall = new Recall(home);
        this.snapshots = new LaneSnapshots(home);
        this.silence = new LaneSilence(home);
        this.cohorts = new CohortShare(home.cohorts(), index);
    }

    /// Which devices are this lane's, by number; all of them where nobody says so.
    public void owns(IntPredicate numbers) {
        owned = numbers;
    }

    /// Judges a sample at once; what follows from it waits for [#write].
    public void accept(Sample sample, long arrived) {
        LaneDevices.Entry entry = entry(sample.device(), sample.micros(), arrived);
        if (entry != null) {
            untimed++;
            boolean timed = untimed == RuleCost.EVERY;
            untimed = timed ? 0 : untimed;
            evaluations += entry.state.accept(sample, arrived, book, timed);
            after(entry);
        }
    }

    /// Judges a device event.
    ///
    /// @param requested whether somebody asked for what it tells of
    public void event(Device device, long micros, String code, boolean requested, long arrived) {
        LaneDevices.Entry entry = entry(device, micros, arrived);
        if (entry != null) {
            entry.state.event(micros, code, requested, arrived, book);
            after(entry);
        }
    }

    /// Takes in a text attribute; it is judged with the sample of the same moment that comes next, or else without.
    public void text(Device device, long micros, String name, String text, long arrived) {
        LaneDevices.Entry entry = entry(device, micros, arrived);
        if (entry != null) {
            entry.state.text(micros, name, text, arrived, book);
            unsettled = entry;
            after(entry);
        }
    }

    /// Something else came of a device.
    public void heard(Device device, long arrived) {
        LaneDevices.Entry entry = home.plans().of(device.model()).listens
                ? entry(device, arrived, arrived)
                : null;
        if (entry != null) {
            entry.state.heard(arrived, book);
            after(entry);
        }
    }

    /// When [#tick] should come, should nothing else, by the server's clock.
    public long wakeAt() {
        return snapshots.isBehind()
                ? Math.min(silence.wakeAt(), Micros.of(home.clock().instant()) + BEHIND_MICROS)
                : silence.wakeAt();
    }

    /// Looks at silence.
    public void tick(long now) {
        silence.expire(now, owned, (entry, _) -> tick(entry, now), (waiting, _) -> meetSilent(waiting, now));
    }

    /// Nobody could listen to devices before this moment: they have some time to come back.
    public void listenFrom(long arrived) {
        silence.listenFrom(arrived);
    }

    private void tick(LaneDevices.Entry known, long now) {
        if (devices.find(known.number) != known) {
            return;
        }
        Device device = home.device(known.state.device().id()).orElse(known.state.device());
        if (!device.mayConnect()) {
            return; // nobody expects it to say anything
        }
        LaneDevices.Entry entry = entry(device, known.state.newest(), now);
        if (entry != null) {
            if (entry.state.wakeAt() <= now) {
                entry.state.tick(now, book);
            }
            after(entry);
        }
    }

    private void meetSilent(Roster.Waiting waiting, long now) {
        if (devices.find(waiting.number()) != null) {
            return;
        }
        home.device(waiting.id()).filter(Device::mayConnect).ifPresent(device -> {
            LaneDevices.Entry entry = entry(device, waiting.heardMicros(), waiting.heardMicros());
            if (entry != null) {
                entry.state.heardBefore(waiting.heardMicros());
                entry.state.tick(now, book);
                after(entry);
            }
        });
    }

    /// The device's entry under the rules of now; null where there are none for it.
    private LaneDevices.@Nullable Entry entry(Device device, long micros, long arrived) {
        settle(device.number());
        Plan plan = home.plans().of(device.model());
        LaneDevices.Entry entry = devices.find(device.number());
        if (plan.isEmpty()) {
            return null;
        }
        if (entry == null) {
            boolean mayHaveHistory = home.mayHaveHistory(device);
            entry = new LaneDevices.Entry(device.number(), new DeviceState(plan, device),
                    new ArrayList<>(home.unpark(device.number())));
            recall.into(entry, mayHaveHistory, Math.min(micros, arrived));
            devices.add(entry);
        }
        entry.heard = commits;
        book.at(entry);
        DeviceState state = entry.state;
        if (state.plan != plan) {
            Handover.vanished(state, plan, book, micros);
            state = DeviceState.moved(state, plan);
            state.listenFrom(home.listeningFrom());
            entry.state = state;
            entry.picture = 0;
            Handover.inapplicable(state, book, micros);
            book.weighAll(state, micros);
        }
        if (state.device().version() != device.version()) {
            state.describe(device);
            entry.picture = 0;
            Handover.inapplicable(state, book, micros);
        }
        cohorts.show(entry);
        return entry;
    }

    private void settle(int except) {
        LaneDevices.Entry entry = unsettled;
        if (entry != null && entry.number != except) {
            unsettled = null;
            book.at(entry);
            entry.state.settle(book);
            after(entry);
        }
    }

    private void after(LaneDevices.Entry entry) {
        snapshots.look(entry);
        silence.watch(entry);
    }

    /// Writes the faults that the inputs raised or cleared, their outbox entries, and what a restart could not find out again.
    public void write(Connection transaction) throws SQLException {
        settle(-1);
        FaultStore.write(transaction, book.changed(), book.events());
        SnapshotStore.write(transaction, snapshots.urgent());
    }

    /// As [#write] where the database refuses some of it for what it is: those faults are left out, and told in the log.
    public void writeEach(Connection transaction) throws SQLException {
        settle(-1);
        for (TrackedFault fault : List.copyOf(book.changed())) {
            Savepoint before = transaction.setSavepoint();
            try {
                FaultStore.write(transaction, List.of(fault), book.events(fault));
                transaction.releaseSavepoint(before);
            } catch (SQLException e) {
                String state = e.getSQLState() == null ? "" : e.getSQLState();
                if (!state.startsWith("22") && !state.startsWith("23")) {
                    throw e;
                }
                transaction.rollback(before);
                book.drop(fault);
                LOG.error("Fault {} of device {} cannot be stored and is lost; is its rule {} sound?",
                        fault.code,
                        fault.device, fault.rule, e);
            }
        }
        SnapshotStore.write(transaction, snapshots.urgent());
    }

    /// Not all samples of this device since the last [#committed] are stored after all: what they brought about is forgotten,
    /// and the device begins again from what is stored. Blocks on the database.
    public void withdraw(Device device) {
        book.withdraw(device.number());
        snapshots.withdraw(device.number());
        if (unsettled != null && unsettled.number == device.number()) {
            unsettled = null;
        }
        devices.remove(entry -> entry.number == device.number());
        home.park(device.number(), home.stored(device));
    }

    /// The transaction of [#write] is committed.
    public void committed() {
        home.evaluated(evaluations);
        evaluations = 0;
        snapshots.committed();
        if (!book.isEmpty()) {
            List<FaultEvent> events = List.copyOf(book.events());
            List<TrackedFault> changed = List.copyOf(book.changed());
            book.committed();
            home.tell(events, changed);
        }
        commits++;
        cohorts.tell(devices, Micros.of(home.clock().instant()));
        if (devices.size() > home.devicesPerLaneMax()) {
            forget();
        }
    }

    /// What waits for [#write], for those who keep it elsewhere.
    FaultBook book() {
        settle(-1);
        return book;
    }

    LaneSnapshots snapshots() {
        return snapshots;
    }

    /// Forgets the devices that were silent for longest; what is known of their faults is kept aside.
    private void forget() {
        int wanted = home.devicesPerLaneMax() - home.devicesPerLaneMax() / 10;
        long silent = commits;
        for (int step = 1; devices.size() > wanted && step <= 64; step++) {
            long before = silent - (commits >> step);
            forget(before);
        }
        if (devices.size() > home.devicesPerLaneMax()) {
            forget(commits);
        }
    }

    private void forget(long before) {
        for (LaneDevices.Entry entry : devices.remove(entry -> entry.heard < before)) {
            home.park(entry.number, entry.faults);
            snapshots.withdraw(entry.number);
            silence.forget(entry);
        }
    }
}
