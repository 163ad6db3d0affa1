package io.aftercare.ingest.store;

/// Samples of one page of one device as the bytes of `ingest.segment.data`:
///
/// version, number of rows, times (unit, column of integers), which slots are used, and for each of those: whether every row
/// has it (if not, a bit a row), then its column. Without loss: a double comes out as it went in, bit by bit.
/// `ingest.read_segment` of V003 reads the same in SQL.
final class SegmentCodec {
    /// Samples in one segment at most: what has to be held to read any of it.
    static final int ROWS_MAX = 8192;
    private static final int VERSION = 1;
    private static final int EVERY_ROW = 1;
    private static final int SOME_ROWS = 0;
    private static final long[] UNITS = {1, 1_000, 1_000_000};

    private SegmentCodec() {}

    static byte[] encode(SampleBlock block) {
        ByteWriter out = new ByteWriter();
        int rows = block.count();
        out.put(VERSION);
        out.putVarint(rows);
        times(out, block.times(), rows);
        int used = 0;
        int everywhere = 0xffff;
        for (int row = 0; row < rows; row++) {
            used |= block.present(row);
            everywhere &= block.present(row);
        }
        out.put(used >>> 8);
        out.put(used);
        double[] column = new double[rows];
        for (int left = used; left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            boolean every = (everywhere & 1 << slot) != 0;
            out.put(every ? EVERY_ROW : SOME_ROWS);
            if (!every) {
                presence(out, block, slot);
            }
            int count = 0;
            for (int row = 0; row < rows; row++) {
                if ((block.present(row) & 1 << slot) != 0) {
                    column[count++] = block.value(row, slot);
                }
            }
            DoubleColumn.write(out, column, count);
        }
        return out.toBytes();
    }

    private static void times(ByteWriter out, long[] micros, int rows) {
        int unit = UNITS.length - 1;
        for (int row = 0; row < rows; row++) {
            while (micros[row] % UNITS[unit] != 0) {
                unit--;
            }
        }
        long[] times = new long[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = micros[row] / UNITS[unit];
        }
        out.put(unit);
        LongColumn.write(out, times, rows);
    }

    private static void presence(ByteWriter out, SampleBlock block, int slot) {
        for (int row = 0; row < block.count(); row += 8) {
            int bits = 0;
            for (int i = 0; i < 8 && row + i < block.count(); i++) {
                bits |= (block.present(row + i) >>> slot & 1) << i;
            }
            out.put(bits);
        }
    }

    static SampleBlock decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "A segment is of version " + version + "; this program reads " + VERSION);
        }
        int rows = (int) in.getVarint();
        long unit = UNITS[in.get()];
        long[] times = LongColumn.read(in, rows);
        for (int row = 0; row < rows; row++) {
            times[row] *= unit;
        }
        SampleBlock block = new SampleBlock(0);
        block.addTimes(times, rows);
        int used = in.get() << 8 | in.get();
        for (int left = used; left != 0; left &= left - 1) {
            column(in, block, Integer.numberOfTrailingZeros(left));
        }
        return block;
    }

    private static void column(ByteReader in, SampleBlock block, int slot) {
        int rows = block.count();
        int[] where = new int[rows];
        int count = 0;
        if (in.get() == EVERY_ROW) {
            for (int row = 0; row < rows; row++) {
                where[count++] = row;
            }
        } else {
            int bits = 0;
            for (int row = 0; row < rows; row++) {
                bits = row % 8 == 0 ? in.get() : bits >>> 1;
                if ((bits & 1) != 0) {
                    where[count++] = row;
                }
            }
        }
        double[] values = DoubleColumn.read(in, count);
        for (int i = 0; i < count; i++) {
            block.set(where[i], slot, values[i]);
        }
    }
}
