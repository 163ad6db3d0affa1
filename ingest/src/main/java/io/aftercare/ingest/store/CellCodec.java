package io.aftercare.ingest.store;

import java.util.Arrays;

/// [Cells] as the bytes of `ingest.rollup.cells`: version, which slots are used, and for each of those which cells, then
/// columns of counts, least values, and what the greatest and the sum are above the least. With values of few decimals
/// all of it is integers, and where a cell has one sample the last two columns are zeros, which take no room. A sum of
/// decimals is rounded once, to the decimal number that it is.
final class CellCodec {
    private static final int VERSION = 1;
    private static final int BYTES = 255;
    private static final double EXACT_MAX = 1L << 52;

    private CellCodec() {}

    static byte[] encode(Cells cells) {
        ByteWriter out = new ByteWriter();
        out.put(VERSION);
        int used = 0;
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            for (int index = 0; index < cells.level().cells(); index++) {
                used |= cells.count(index, slot) > 0 ? 1 << slot : 0;
            }
        }
        out.put(used >>> 8);
        out.put(used);
        for (int left = used; left != 0; left &= left - 1) {
            slot(out, cells, Integer.numberOfTrailingZeros(left));
        }
        return out.toBytes();
    }

    private static void slot(ByteWriter out, Cells cells, int slot) {
        int size = cells.level().cells();
        long[] where = new long[size];
        long[] counts = new long[size];
        double[] least = new double[size];
        double[] greatest = new double[size];
        double[] sums = new double[size];
        int count = 0;
        for (int index = 0; index < size; index++) {
            if (cells.count(index, slot) > 0) {
                where[count] = index;
                counts[count] = cells.count(index, slot);
                least[count] = cells.least(index, slot);
                greatest[count] = cells.greatest(index, slot);
                sums[count++] = cells.sum(index, slot);
            }
        }
        out.putVarint(count);
        LongColumn.write(out, where, count);
        LongColumn.write(out, counts, count);
        int decimals = decimals(least, greatest, sums, count);
        if (decimals < 0) {
            out.put(BYTES);
            DoubleColumn.write(out, least, count);
            DoubleColumn.write(out, greatest, count);
            DoubleColumn.write(out, sums, count);
            return;
        }
        out.put(decimals);
        integers(out, counts, decimals, new double[][]{least, greatest, sums}, count);
    }

    private static int decimals(double[] least, double[] greatest, double[] sums, int count) {
        int decimals = DoubleColumn.decimals(least, count, 0);
        decimals = decimals < 0 ? -1 : DoubleColumn.decimals(greatest, count, decimals);
        if (decimals < 0 || DoubleColumn.decimals(least, count, decimals) != decimals) {
            return -1;
        }
        double largest = Arrays.stream(sums, 0, count).map(Math::abs).max().orElse(0);
        return largest * Math.pow(10, decimals) < EXACT_MAX ? decimals : -1;
    }

    private static void integers(ByteWriter out, long[] counts, int decimals, double[][] columns, int count) {
        long[] least = new long[count];
        long[] spread = new long[count];
        long[] rest = new long[count];
        for (int i = 0; i < count; i++) {
            least[i] = DoubleColumn.scaled(columns[0][i], decimals);
            spread[i] = DoubleColumn.scaled(columns[1][i], decimals) - least[i];
            rest[i] = DoubleColumn.scaled(columns[2][i], decimals) - least[i] * counts[i];
        }
        LongColumn.write(out, least, count);
        LongColumn.write(out, spread, count);
        LongColumn.write(out, rest, count);
    }

    /// Shows all cells that are written.
    static void decode(byte[] bytes, Cells.Visitor cells) {
        ByteReader in = new ByteReader(bytes);
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "A rollup is of version " + version + "; this program reads " + VERSION);
        }
        int used = in.get() << 8 | in.get();
        for (int left = used; left != 0; left &= left - 1) {
            slot(in, cells, Integer.numberOfTrailingZeros(left));
        }
    }

    private static void slot(ByteReader in, Cells.Visitor cells, int slot) {
        int count = (int) in.getVarint();
        long[] where = LongColumn.read(in, count);
        long[] counts = LongColumn.read(in, count);
        int decimals = in.get();
        if (decimals == BYTES) {
            double[] least = DoubleColumn.read(in, count);
            double[] greatest = DoubleColumn.read(in, count);
            double[] sums = DoubleColumn.read(in, count);
            for (int i = 0; i < count; i++) {
                cells.cell((int) where[i], slot, counts[i], least[i], greatest[i], sums[i]);
            }
            return;
        }
        long[] least = LongColumn.read(in, count);
        long[] spread = LongColumn.read(in, count);
        long[] rest = LongColumn.read(in, count);
        for (int i = 0; i < count; i++) {
            cells.cell((int) where[i], slot, counts[i], DoubleColumn.value(least[i], decimals),
                    DoubleColumn.value(least[i] + spread[i], decimals),
                    DoubleColumn.value(rest[i] + least[i] * counts[i], decimals));
        }
    }
}
