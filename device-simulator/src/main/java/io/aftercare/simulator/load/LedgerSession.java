package io.aftercare.simulator.load;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run's ledgers, if it has any: the one it writes, and the one whose unacknowledged messages it sends again.
final class LedgerSession implements Closeable {
    private final LoadOptions options;
    private final @Nullable Ledger ledger;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, long[]> again = new HashMap<>();

    private LedgerSession(LoadOptions options, @Nullable Ledger ledger) {
        this.options = options;
        this.ledger = ledger;
    }

    static LedgerSession open(LoadOptions options) throws IOException {
        if (options.resend().isPresent()) {
            LedgerContents earlier = LedgerContents.read(options.resend().get());
            LedgerSession session = new LedgerSession(options, Ledger.reopen(options.resend().get()));
            for (LedgerContents.Device device : earlier.devices()) {
                session.places.put(device.id(), session.places.size());
                session.again.put(device.id(), device.unacknowledged().toArray());
            }
            return session;
        }
        if (options.ledger().isEmpty()) {
            return new LedgerSession(options, null);
        }
        List<String> ids = options.devices().stream().map(device -> device.id()).toList();
        LedgerSession session = new LedgerSession(options, Ledger.create(options.ledger().get(), ids));
        ids.forEach(id -> session.places.put(id, session.places.size()));
        return session;
    }

    Ledger.@Nullable Recorder recorder(int index) {
        Integer place = places.get(options.devices().get(index).id());
        return ledger == null || place == null ? null : ledger.recorder(place);
    }

    Timestamps timestamps(int index, InstantSource clock) {
        if (options.resend().isPresent()) {
            long[] times = again.get(options.devices().get(index).id());
            return Timestamps.of(times == null ? new long[0] : times);
        }
        int connections = options.devices().size();
        long share = options.messages() / connections + (index < options.messages() % connections ? 1 : 0);
        return Timestamps.fresh(clock, options.messages() == 0 ? Long.MAX_VALUE : share);
    }

    @Override
    public void close() throws IOException {
        if (ledger != null) {
            ledger.close();
        }
    }
}
