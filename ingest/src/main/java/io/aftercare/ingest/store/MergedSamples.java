package io.aftercare.ingest.store;

import java.sql.SQLException;
import java.util.List;

/// Several cursors as one, in the order of time. Where more than one has a moment, the earlier of them in the list is
/// believed and the later ones add what it does not have: a message sent again changes nothing, one with other metrics
/// of the same moment adds them. Not thread-safe.
final class MergedSamples implements SampleCursor {
    private final List<SampleCursor> cursors;
    private final boolean[] live;
    private final double[] values = new double[Slots.COUNT];
    private long micros;
    private int present;

    MergedSamples(List<? extends SampleCursor> cursors) throws SQLException {
        this.cursors = List.copyOf(cursors);
        this.live = new boolean[cursors.size()];
        for (int i = 0; i < live.length; i++) {
            live[i] = cursors.get(i).next();
        }
    }

    @Override
    public boolean next() throws SQLException {
        long least = Long.MAX_VALUE;
        boolean found = false;
        for (int i = 0; i < live.length; i++) {
            if (live[i]) {
                least = Math.min(least, cursors.get(i).micros());
                found = true;
            }
        }
        if (!found) {
            return false;
        }
        micros = least;
        present = 0;
        for (int i = 0; i < live.length; i++) {
            while (live[i] && cursors.get(i).micros() == least) {
                take(cursors.get(i));
                live[i] = cursors.get(i).next();
            }
        }
        return true;
    }

    private void take(SampleCursor cursor) {
        int news = cursor.present() & ~present;
        for (int left = news; left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            values[slot] = cursor.value(slot);
        }
        present |= news;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public int present() {
        return present;
    }

    @Override
    public double value(int slot) {
        return values[slot];
    }
}
