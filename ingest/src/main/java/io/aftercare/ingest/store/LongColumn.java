package io.aftercare.ingest.store;

/// A column of integers in whichever of five ways is the shortest. Readable by SQL too: `ingest.read_longs` of V003 knows
/// the same five.
final class LongColumn {
    /// One value for all rows.
    private static final int SAME = 0;
    /// The first value, then differences.
    private static final int DELTA = 1;
    /// The first value, the first difference, then differences of differences: for times of a steady pace.
    private static final int PACE = 2;
    /// The least value, then what each is above it: for values that jump about.
    private static final int OFFSET = 3;
    /// Pairs of a difference and how many rows the value then lasts: for states.
    private static final int RUNS = 4;

    private LongColumn() {}

    static void write(ByteWriter out, long[] values, int count) {
        int best = best(values, count);
        out.put(best);
        switch (best) {
            case SAME -> out.putSigned(values[0]);
            case DELTA -> delta(out, values, count);
            case PACE -> pace(out, values, count);
            case OFFSET -> offset(out, values, count);
            default -> runs(out, values, count);
        }
    }

    private static int best(long[] values, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
        }
        long[] sizes = new long[RUNS + 1];
        long before = 0;
        long step = 0;
        int run = 0;
        for (int i = 0; i < count; i++) {
            long delta = values[i] - before;
            int bytes = signedSize(delta);
            sizes[DELTA] += bytes;
            sizes[PACE] += i < 1 ? bytes : signedSize(delta - step);
            sizes[OFFSET] += ByteWriter.varintSize(values[i] - least);
            if (i == 0 || delta != 0) {
                sizes[RUNS] += bytes + (run == 0 ? 0 : ByteWriter.varintSize(run));
                run = 0;
            }
            run++;
            before = values[i];
            step = i < 1 ? 0 : delta;
        }
        sizes[OFFSET] += signedSize(least);
        sizes[RUNS] += ByteWriter.varintSize(run);
        if (run == count) {
            return SAME;
        }
        int best = DELTA;
        for (int way = PACE; way <= RUNS; way++) {
            best = sizes[way] < sizes[best] ? way : best;
        }
        return best;
    }

    private static int signedSize(long value) {
        return ByteWriter.varintSize(ByteWriter.zigzag(value));
    }

    private static void delta(ByteWriter out, long[] values, int count) {
        long before = 0;
        for (int i = 0; i < count; i++) {
            out.putSigned(values[i] - before);
            before = values[i];
        }
    }

    private static void pace(ByteWriter out, long[] values, int count) {
        long before = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            long delta = values[i] - before;
            out.putSigned(i < 1 ? delta : delta - step);
            step = i < 1 ? 0 : delta;
            before = values[i];
        }
    }

    private static void offset(ByteWriter out, long[] values, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
        }
        out.putSigned(least);
        for (int i = 0; i < count; i++) {
            out.putVarint(values[i] - least);
        }
    }

    private static void runs(ByteWriter out, long[] values, int count) {
        long before = 0;
        for (int i = 0; i < count;) {
            int end = i + 1;
            while (end < count && values[end] == values[i]) {
                end++;
            }
            out.putSigned(values[i] - before);
            out.putVarint(end - i);
            before = values[i];
            i = end;
        }
    }

    static long[] read(ByteReader in, int count) {
        long[] values = new long[count];
        int way = in.get();
        long value = way == SAME || way == OFFSET ? in.getSigned() : 0;
        long least = value;
        long step = 0;
        long left = 0;
        for (int i = 0; i < count; i++) {
            switch (way) {
                case SAME -> {
                }
                case DELTA -> value += in.getSigned();
                case PACE -> {
                    step = i < 2 ? in.getSigned() : step + in.getSigned();
                    value += step;
                }
                case OFFSET -> value = least + in.getVarint();
                case RUNS -> {
                    if (left == 0) {
                        value += in.getSigned();
                        left = in.getVarint();
                    }
                    left--;
                }
                default -> throw new IllegalStateException("A column is written in way " + way);
            }
            values[i] = value;
        }
        return values;
    }
}
