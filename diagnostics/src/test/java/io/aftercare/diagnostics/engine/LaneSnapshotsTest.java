package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneSnapshotsTest {
    private static final int DEVICES = 6_000;
    private static final long BYTES_AT_ONCE = 8_000_000;
    private static final long SECOND = 1_000_000;

    private final List<ActiveRule> rules = List.of(new ActiveRule(
            RuleReader.read("{id: r, fault: {code: C}, when: 'avg(a, \"1h\") + max(a, \"1h\") > 9'}"), 1, 1));
    private final SimulatedHome home = new SimulatedHome(rules, device(1),
            ModelMetrics.inMemory("LP-2000", List.of("a")), SECOND);

    private static Device device(int number) {
        return new Device(number, new DeviceId("SN-" + number), "LP-2000", "", "", "", null, "", "", Map.of(),
                "active", 1, Instant.EPOCH, null);
    }

    /// A fleet that mixes up its order writes no more than its share with each transaction, and all of it in the end.
    @Test
    void whatIsTooMuchAtOnceComesWithLaterTransactions() {
        LaneSnapshots snapshots = new LaneSnapshots(home);
        List<LaneDevices.Entry> entries = new ArrayList<>();
        for (int number = 1; number <= DEVICES; number++) {
            LaneDevices.Entry entry = new LaneDevices.Entry(number,
                    new DeviceState(home.plans().of("LP-2000"), device(number)), new ArrayList<>());
            entry.state.coverage().changed();
            snapshots.look(entry);
            entries.add(entry);
        }
        Set<Integer> written = new HashSet<>();
        int transactions = 0;
        while (snapshots.isBehind() || transactions == 0) {
            List<Snapshot> first = snapshots.urgent();
            assertThat(snapshots.urgent()).as("written again after a rollback").isEqualTo(first);
            assertThat(first.stream().mapToLong(it -> it.state().length).sum())
                    .isLessThan(BYTES_AT_ONCE + Snapshot.BYTES_MAX);
            first.forEach(snapshot -> assertThat(written.add(snapshot.device())).isTrue());
            snapshots.committed();
            transactions++;
            home.now += SECOND;
        }
        assertThat(written).hasSize(DEVICES);
        assertThat(transactions).as("transactions").isGreaterThan(1);
        assertThat(entries).noneMatch(entry -> entry.state.coverage().isIrregular());
    }
}
