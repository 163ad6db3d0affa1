package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.FaultStore;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges the samples of the devices that one lane owns. Called from that lane's thread only: [#accept] for each sample of a
/// batch, [#write] in the transaction that stores the batch, [#committed] after its commit. A batch whose transaction failed is
/// written again as it was; its samples are not judged again.
public final class LaneEngine {
    private static final Logger LOG = LoggerFactory.getLogger(LaneEngine.class);

    private final RuleEngine engine;
    private final LaneDevices devices = new LaneDevices();
    private final FaultBook book;
    private Plans plans;
    private long evaluations;
    private long commits;

    LaneEngine(RuleEngine engine) {
        this.engine = engine;
        this.plans = engine.plans();
        this.book = new FaultBook(engine.clock());
    }

    /// Judges a sample at once; what follows from it waits for [#write].
    public void accept(Sample sample) {
        plans = engine.plans();
        Plan plan = plans.of(sample.device().model());
        if (plan.isEmpty()) {
            return;
        }
        LaneDevices.Entry entry = devices.find(sample.device().number());
        if (entry == null) {
            entry = meet(plan, sample);
        }
        entry.heard = commits;
        DeviceState state = entry.state;
        book.at(entry);
        if (state.plan != plan) {
            state.dropVanished(plan, book, sample.micros());
            state = DeviceState.moved(state, plan);
            entry.state = state;
            state.dropInapplicable(book, sample.micros());
            book.weighAll(state, sample.micros());
        }
        if (state.device().version() != sample.device().version()) {
            state.describe(sample.device());
            state.dropInapplicable(book, sample.micros());
        }
        evaluations += state.judge(sample, book);
    }

    /// Writes the faults that the accepted samples raised or cleared, and their outbox entries.
    public void write(Connection transaction) throws SQLException {
        FaultStore.write(transaction, book.changed(), book.events());
    }

    /// As [#write] where the database refuses some of it for what it is: those faults are left out, and told in the log.
    public void writeEach(Connection transaction) throws SQLException {
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
    }

    /// Not all samples of this device since the last [#committed] are stored after all: what they brought about is forgotten,
    /// and the device begins again from what is stored. Blocks on the database.
    public void withdraw(Device device) {
        book.withdraw(device.number());
        devices.remove(entry -> entry.number == device.number());
        engine.park(device.number(), engine.stored(device));
    }

    /// The transaction of [#write] is committed.
    public void committed() {
        engine.evaluated(evaluations);
        evaluations = 0;
        if (!book.isEmpty()) {
            List<FaultEvent> events = List.copyOf(book.events());
            List<TrackedFault> changed = List.copyOf(book.changed());
            book.committed();
            engine.tell(events, changed);
        }
        commits++;
        if (devices.size() > engine.devicesPerLaneMax()) {
            forget();
        }
    }

    private LaneDevices.Entry meet(Plan plan, Sample sample) {
        int number = sample.device().number();
        boolean mayHaveHistory = engine.mayHaveHistory(sample.device());
        DeviceState state = new DeviceState(plan, sample.device());
        List<TrackedFault> faults = new ArrayList<>(engine.unpark(number));
        LaneDevices.Entry entry = new LaneDevices.Entry(number, state, faults);
        faults.forEach(fault -> restore(state, plan, fault, sample.micros()));
        if (plan.memoryMicros() > 0 && mayHaveHistory) {
            replay(state, plan, sample);
        }
        // After the replay, which is to see the older samples as they came.
        faults.forEach(fault -> state.judgedUntil(fault.open ? fault.lastSeenMicros : fault.clearedMicros));
        devices.add(entry);
        return entry;
    }

    private static void restore(DeviceState state, Plan plan, TrackedFault fault, long micros) {
        int rule = state.indexOf(fault.rule);
        if (rule >= 0 && plan.rules.get(rule).code().equals(fault.code)
                && (!fault.open || plan.rules.get(rule).active().continues(fault.ruleVersion))) {
            state.restore(rule, RuleState.restored(fault.open, fault.flaps, fault.heldUntil,
                    fault.open ? fault.lastRaisedMicros : fault.clearedMicros),
                    fault.severity);
        } else if (fault.open) {
            // Its rule was taken away while nobody looked, and the row ended with it (Rules).
            fault.open = false;
            fault.clearedMicros = micros;
            fault.events++;
        }
    }

    /// Follows all that is stored, also what is newer than the sample at hand: that one is then sent again, and late.
    private void replay(DeviceState state, Plan plan, Sample sample) {
        long from = sample.micros() - plan.memoryMicros();
        try {
            engine.history().recent(sample.device(), from, state::replay);
        } catch (RuntimeException e) {
            // Waits begin anew instead: a fault may come later by the length of its rule's windows, but the lane goes on.
            LOG.warn("The history of device {} could not be read; its rules begin without it: {}",
                    sample.device().id(), e.getMessage());
        }
    }

    /// Forgets the devices that were silent for longest; what is known of their faults is kept aside.
    private void forget() {
        int wanted = engine.devicesPerLaneMax() - engine.devicesPerLaneMax() / 10;
        long silent = commits;
        for (int step = 1; devices.size() > wanted && step <= 64; step++) {
            long before = silent - (commits >> step);
            devices.remove(entry -> entry.heard < before)
                    .forEach(entry -> engine.park(entry.number, entry.faults));
        }
        if (devices.size() > engine.devicesPerLaneMax()) {
            long now = commits;
            devices.remove(entry -> entry.heard < now)
                    .forEach(entry -> engine.park(entry.number, entry.faults));
        }
    }
}
