package io.aftercare.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    /// A way in which a metric moves.
    private interface Signal {
        double next(int row, double before);
    }

    private static List<Signal> signals(Random random) {
        return List.of((_, before) -> Math.round((before + random.nextGaussian()) * 10) / 10.0,
                (row, _) -> row, (_, before) -> random.nextInt(20) == 0 ? 1 - before : before,
                (_, _) -> random.nextDouble() * 1e3, (_, _) -> Double.longBitsToDouble(random.nextLong()),
                (_, _) -> -0.0, (_, _) -> 7, (_, _) -> random.nextInt(3) - 1,
                (_, _) -> random.nextInt() * 1e9 + 0.001, (_, _) -> random.nextBoolean() ? 1e300 : 0.1,
                (_, _) -> (1L << 53) - random.nextInt(3), (_, _) -> random.nextInt(1000) / 1000.0);
    }

    static SampleBlock block(Random random) {
        SampleBlock block = new SampleBlock(1);
        int rows = 1 + random.nextInt(random.nextBoolean() ? 5 : SegmentCodec.ROWS_MAX);
        long[] times = new long[rows];
        long step = List.of(1L, 1_000L, 10_000_000L, 86_000_000L).get(random.nextInt(4));
        times[0] = random.nextLong(3_000_000_000_000_000L) - 1_000_000_000_000_000L;
        times[0] -= random.nextBoolean() ? times[0] % 1_000_000 : 0;
        for (int row = 1; row < rows; row++) {
            times[row] = times[row - 1] + step + random.nextInt(3) * (random.nextBoolean() ? 1000L : 1L);
        }
        block.addTimes(times, rows);
        List<Signal> signals = signals(random);
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            Signal signal = signals.get(random.nextInt(signals.size()));
            double share = random.nextInt(3) / 2.0;
            double value = 0;
            for (int row = 0; row < rows; row++) {
                value = signal.next(row, value);
                if (random.nextDouble() < share) {
                    block.set(row, slot, value);
                }
            }
        }
        return block;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatIsPackedComesOutAsItWentInBitByBit(long seed) {
        SampleBlock in = block(new Random(seed));
        SampleBlock out = SegmentCodec.decode(SegmentCodec.encode(in));
        assertThat(out.count()).as("seed %d", seed).isEqualTo(in.count());
        for (int row = 0; row < in.count(); row++) {
            assertThat(out.times()[row]).as("seed %d, row %d", seed, row).isEqualTo(in.times()[row]);
            assertThat(out.present(row)).as("seed %d, row %d", seed, row).isEqualTo(in.present(row));
            for (int slot = 0; slot < Slots.COUNT; slot++) {
                assertThat(Double.doubleToRawLongBits(out.value(row, slot)))
                        .as("seed %d, row %d, slot %d", seed, row,
                                slot)
                        .isEqualTo(Double.doubleToRawLongBits(in.value(row, slot)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void cellsComeOutWithTheirCountsAndBoundsAndASumThatIsRoundedOnce(long seed) {
        Random random = new Random(seed);
        for (Level level : Level.values()) {
            Cells cells = new Cells(level);
            SampleBlock block = block(random);
            while (block.next()) {
                cells.add(block);
            }
            List<String> seen = new ArrayList<>();
            CellCodec.decode(CellCodec.encode(cells), (index, slot, count, low, high, sum) -> {
                seen.add(slot + ":" + index);
                assertThat(count).as("seed %d", seed).isEqualTo(cells.count(index, slot));
                assertThat(low).as("seed %d", seed).isEqualTo(cells.least(index, slot));
                assertThat(high).as("seed %d", seed).isEqualTo(cells.greatest(index, slot));
                double exact = cells.sum(index, slot);
                if (Double.isFinite(exact)) {
                    assertThat(sum).as("seed %d", seed).isCloseTo(exact,
                            Offset.offset(Math.abs(exact) * 1e-9 + 1e-6));
                }
            });
            List<String> expected = new ArrayList<>();
            for (int slot = 0; slot < Slots.COUNT; slot++) {
                for (int index = 0; index < level.cells(); index++) {
                    if (cells.count(index, slot) > 0) {
                        expected.add(slot + ":" + index);
                    }
                }
            }
            assertThat(seen).as("seed %d, %s", seed, level).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void sensorsOfFewDecimalsTakeAByteOrTwoAPoint(long seed) {
        Random random = new Random(seed);
        SampleBlock block = new SampleBlock(1);
        int rows = 2000;
        long[] times = new long[rows];
        Arrays.setAll(times, row -> 1_760_000_000_000_000L + row * 10_000_000L + random.nextInt(40) * 1000L);
        block.addTimes(times, rows);
        double[] values = {200, 45, 1, 0, 50_000};
        for (int row = 0; row < rows; row++) {
            for (int slot = 0; slot < values.length; slot++) {
                values[slot] += slot == 3 ? 0 : Math.round(random.nextGaussian() * 10) / 10.0;
                block.set(row, slot, Math.round(values[slot] * 10) / 10.0);
            }
        }
        double bytesAPoint = SegmentCodec.encode(block).length / (rows * 5.0);
        assertThat(bytesAPoint).as("seed %d", seed).isLessThan(1.6);
    }
}
