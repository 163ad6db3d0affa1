package io.aftercare.ingest.store;

/// A column of doubles, without loss: what sensors send has few decimals, so mostly each is an integer divided by a power of
/// ten, found by trying and checked bit by bit; whatever is not goes as bytes, those planes left out in which every value
/// is as the first one.
final class DoubleColumn {
    /// Stands in the place of the number of decimals.
    private static final int BYTES = 255;
    private static final int DECIMALS_MAX = 9;
    private static final double EXACT_MAX = 1L << 53;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private DoubleColumn() {}

    /// How many decimals all of these have, at least `from`; -1 where they are more than can be kept exactly.
    static int decimals(double[] values, int count, int from) {
        int decimals = from;
        double greatest = 0;
        for (int i = 0; i < count; i++) {
            double value = values[i];
            greatest = Math.max(greatest, Math.abs(value));
            while (!isExact(value, decimals)) {
                if (++decimals > DECIMALS_MAX) {
                    return -1;
                }
            }
        }
        return greatest * POWERS[decimals] < EXACT_MAX ? decimals : -1;
    }

    private static boolean isExact(double value, int decimals) {
        double scaled = Math.rint(value * POWERS[decimals]);
        return Math.abs(scaled) < EXACT_MAX && Double
                .doubleToRawLongBits((long) scaled / POWERS[decimals]) == Double.doubleToRawLongBits(value);
    }

    /// The integer that stands for a value of so many decimals.
    static long scaled(double value, int decimals) {
        return (long) Math.rint(value * POWERS[decimals]);
    }

    /// The value for which an integer stands.
    static double value(long scaled, int decimals) {
        return scaled / POWERS[decimals];
    }

    static void write(ByteWriter out, double[] values, int count) {
        int decimals = decimals(values, count, 0);
        if (decimals < 0) {
            bytes(out, values, count);
            return;
        }
        out.put(decimals);
        long[] scaled = new long[count];
        for (int i = 0; i < count; i++) {
            scaled[i] = scaled(values[i], decimals);
        }
        LongColumn.write(out, scaled, count);
    }

    private static void bytes(ByteWriter out, double[] values, int count) {
        out.put(BYTES);
        long first = Double.doubleToRawLongBits(values[0]);
        long differing = 0;
        for (int i = 1; i < count; i++) {
            differing |= first ^ Double.doubleToRawLongBits(values[i]);
        }
        out.putLong(first);
        int planes = 0;
        for (int plane = 0; plane < Long.BYTES; plane++) {
            planes |= (differing >>> plane * 8 & 0xff) == 0 ? 0 : 1 << plane;
        }
        out.put(planes);
        for (int plane = 0; plane < Long.BYTES; plane++) {
            if ((planes & 1 << plane) != 0) {
                for (int i = 1; i < count; i++) {
                    out.put((int) (Double.doubleToRawLongBits(values[i]) >>> plane * 8));
                }
            }
        }
    }

    static double[] read(ByteReader in, int count) {
        double[] values = new double[count];
        int decimals = in.get();
        if (decimals != BYTES) {
            long[] scaled = LongColumn.read(in, count);
            for (int i = 0; i < count; i++) {
                values[i] = value(scaled[i], decimals);
            }
            return values;
        }
        long[] bits = new long[count];
        bits[0] = in.getLong();
        int planes = in.get();
        long kept = bits[0];
        for (int plane = 0; plane < Long.BYTES; plane++) {
            kept &= (planes & 1 << plane) == 0 ? -1L : ~(0xffL << plane * 8);
        }
        for (int plane = 0; plane < Long.BYTES; plane++) {
            if ((planes & 1 << plane) != 0) {
                for (int i = 1; i < count; i++) {
                    bits[i] |= (long) in.get() << plane * 8;
                }
            }
        }
        values[0] = Double.longBitsToDouble(bits[0]);
        for (int i = 1; i < count; i++) {
            values[i] = Double.longBitsToDouble(bits[i] | kept);
        }
        return values;
    }
}
