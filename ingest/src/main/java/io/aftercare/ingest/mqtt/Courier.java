package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.Downlinks.Parcel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one connection what waits for its device in the store: [#BATCH] at a time, in order, as many unanswered as the
/// device takes. A message that the device cannot take (too long for it, or none of its dialect) or need not (expired) is dropped, counted, and
/// holds up nothing.
///
/// The packet identifier follows from a message's place, so that it is the same after a reconnect and after a restart
/// without being stored: the upper half of the identifiers, in a circle that is longer than any queue. The lower half is
/// for messages that are not stored ([Downlink]).
///
/// Lives on the event loop; the store's work is done by `mailbox`, one piece after the other with the rest of the device's.
final class Courier {
    static final int FIRST_PACKET = 0x8000;
    private static final int BATCH = 32;
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final int device;
    private final Tools tools;
    private final Line line;
    /// Up to here an earlier connection was sent the messages.
    private final long sentSeq;
    private final ArrayDeque<Parcel> loaded = new ArrayDeque<>(4);
    private final Map<Integer, Long> inflight = new HashMap<>(4);
    private List<Long> done = new ArrayList<>(4);
    private long lastSeq;
    private boolean more;
    private boolean loading;
    private boolean removing;
    private volatile boolean closed;

    /// What couriers share.
    record Tools(Downlinks store, DownlinkMeters meters, InstantSource clock) {}

    /// The connection, as a courier sees it.
    interface Line {
        /// How many more messages may be unanswered.
        int room();

        /// @param secondsLeft until it expires, 0 for never
        /// @return false where the device does not take a packet of that length, or has no word for it
        boolean write(Parcel parcel, int packet, boolean repeated, long secondsLeft);

        Executor loop();

        /// Work that blocks, in the device's order.
        Executor mailbox();

        /// Does it on the loop in a second.
        void later(Runnable work);
    }

    Courier(int device, long sentSeq, Tools tools, Line line) {
        this.device = device;
        this.sentSeq = sentSeq;
        this.tools = tools;
        this.line = line;
    }

    /// Something may wait in the store.
    void wake() {
        more = true;
        pump();
    }

    /// Sends what there is and what the device takes; there is room again.
    void pump() {
        if (closed) {
            return;
        }
        while (!loaded.isEmpty() && line.room() > 0) {
            send(loaded.remove());
        }
        if (loaded.isEmpty() && more && !loading) {
            loading = true;
            more = false;
            long after = lastSeq;
            line.mailbox().execute(() -> load(after));
        }
        if (!done.isEmpty() && !removing) {
            removing = true;
            List<Long> places = done;
            done = new ArrayList<>(4);
            line.mailbox().execute(() -> remove(places));
        }
    }

    private void send(Parcel parcel) {
        lastSeq = parcel.seq();
        int packet = packet(parcel.seq());
        Instant now = tools.clock().instant();
        if (parcel.isExpired(now)) {
            tools.meters().expired(1);
            done.add(parcel.seq());
        } else if (line.write(parcel, packet, parcel.seq() <= sentSeq, parcel.secondsLeft(now))) {
            inflight.put(packet, parcel.seq());
        } else {
            tools.meters().undeliverable();
            done.add(parcel.seq());
        }
    }

    static int packet(long seq) {
        return FIRST_PACKET | (int) (seq & 0x7fff);
    }

    private void load(long after) {
        try {
            List<Parcel> parcels = tools.store().take(device, after, BATCH, tools.clock().instant());
            if (closed) {
                return;
            }
            line.loop().execute(() -> {
                loading = false;
                loaded.addAll(parcels);
                more |= parcels.size() == BATCH;
                pump();
            });
        } catch (RuntimeException e) {
            LOG.warn("Messages for device {} wait for the database: {}", device, e.getMessage());
            line.later(() -> {
                loading = false;
                wake();
            });
        }
    }

    /// A PUBACK came; false where it is not for one of these.
    boolean acknowledged(int packet, boolean accepted) {
        Long seq = inflight.remove(packet);
        if (seq == null) {
            return false;
        }
        tools.meters().answered(accepted);
        done.add(seq);
        pump();
        return true;
    }

    private void remove(List<Long> places) {
        try {
            tools.store().remove(device, places);
            if (closed) {
                return;
            }
            line.loop().execute(() -> {
                removing = false;
                pump();
            });
        } catch (RuntimeException e) {
            LOG.warn("Answered messages of device {} wait for the database: {}", device, e.getMessage());
            if (closed) {
                return; // they will be sent once more, as QoS 1 allows
            }
            line.later(() -> {
                removing = false;
                done.addAll(places);
                pump();
            });
        }
    }

    int inflight() {
        return inflight.size();
    }

    /// The connection has ended: what was answered is removed, if the database is there; the rest stays for the next one.
    void close() {
        closed = true;
        List<Long> places = done;
        if (!places.isEmpty()) {
            line.mailbox().execute(() -> remove(places));
        }
    }
}
