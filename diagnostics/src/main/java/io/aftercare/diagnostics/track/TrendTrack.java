package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A metric's long history in at most [#POINTS] points, each the mean of a stretch of time, and the [Trend] through them. Stretches begin with a second
/// or less and double in length when there would be too many, up to a 64th of `history`; then the oldest goes. 1.5 KB at most.
///
/// The line goes through complete stretches only and is drawn when the next one begins: so it lags by a 32nd of what has been
/// seen at most, and a value costs an addition. A part that was replaced begins a new history: a point that leaves a
/// significant trend against its direction, by over eight times the usual step and half of the range seen.
public final class TrendTrack extends Track {
    /// What `time_to` answers at most, and where a trend leads away from the limit: ten years, seconds.
    public static final double NEVER_SECONDS = 315_360_000;
    static final int POINTS = 64;
    private static final int VERSION = 1;
    private static final long FIRST_WIDTH_MAX = 1_000_000;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final int CAPACITY_MIN = 8;
    private static final double STEPS_OF_A_JUMP = 8;
    /// A forecast looks ahead this many times as long as has been seen.
    private static final double FORECAST_REACH = 4;

    private final long widest;
    private long width;
    private long origin;
    private int size;
    /// Number of each stretch from 1970 in its width, mean time (seconds from the origin), mean value, values.
    private long[] numbers = new long[CAPACITY_MIN];
    private double[] seconds = new double[CAPACITY_MIN];
    private double[] means = new double[CAPACITY_MIN];
    private int[] counts = new int[CAPACITY_MIN];
    private @Nullable Trend drawn;
    private boolean significant;
    private boolean stale;

    public TrendTrack(long historyMicros) {
        this.widest = Math.max(1, (historyMicros + POINTS - 1) / POINTS);
        this.width = widest;
        while (width > FIRST_WIDTH_MAX) {
            width = (width + 1) / 2;
        }
    }

    @Override
    public void add(double value, long micros) {
        if (size == 0) {
            origin = micros;
        }
        long number = Math.floorDiv(micros, width);
        if (size > 0 && number > numbers[size - 1]) {
            completed();
            number = makeRoom(micros);
        }
        put(value, micros, number);
    }

    @Override
    public void late(double value, long micros) {
        long number = Math.floorDiv(micros, width);
        if (size > 0 && number > numbers[size - 1] - POINTS && (size < POINTS || number >= numbers[0])) {
            put(value, micros, number);
            stale = true;
        }
    }

    private void put(double value, long micros, long number) {
        int at = size - 1;
        while (at >= 0 && numbers[at] > number) {
            at--;
        }
        if (at < 0 || numbers[at] < number) {
            insert(++at, number);
        }
        counts[at]++;
        seconds[at] += ((micros - origin) / MICROS_PER_SECOND - seconds[at]) / counts[at];
        means[at] += (value - means[at]) / counts[at];
    }

    private void insert(int at, long number) {
        if (size == numbers.length) {
            resize(size * 2);
        }
        shift(at, at + 1, size - at);
        numbers[at] = number;
        seconds[at] = 0;
        means[at] = 0;
        counts[at] = 0;
        size++;
    }

    private void resize(int capacity) {
        numbers = Arrays.copyOf(numbers, capacity);
        seconds = Arrays.copyOf(seconds, capacity);
        means = Arrays.copyOf(means, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    private void shift(int from, int to, int count) {
        System.arraycopy(numbers, from, numbers, to, count);
        System.arraycopy(seconds, from, seconds, to, count);
        System.arraycopy(means, from, means, to, count);
        System.arraycopy(counts, from, counts, to, count);
    }

    private void drop(int oldest) {
        shift(oldest, 0, size - oldest);
        size -= oldest;
    }

    /// The newest stretch is over.
    private void completed() {
        int newest = size - 1;
        Optional<Trend> before = newest > Trend.POINTS_MIN ? through(newest) : Optional.empty();
        if (before.isPresent() && before.get().isSignificant() && isJump(newest, before.get())) {
            drop(newest);
        }
        stale = true;
    }

    private boolean isJump(int at, Trend trend) {
        double low = means[0];
        double high = means[0];
        double steps = 0;
        for (int i = 1; i < at; i++) {
            low = Math.min(low, means[i]);
            high = Math.max(high, means[i]);
            steps += Math.abs(means[i] - means[i - 1]);
        }
        double step = means[at] - means[at - 1];
        return step * trend.slopePerSecond() < 0 && Math.abs(step) > STEPS_OF_A_JUMP * steps / (at - 1)
                && Math.abs(step) > (high - low) / 2;
    }

    /// Lets stretches grow, or lets go of the oldest, until one at `micros` fits in; answers its number.
    private long makeRoom(long micros) {
        long number = Math.floorDiv(micros, width);
        while (size > 0 && number - numbers[0] >= POINTS) {
            if (width < widest) {
                widen();
            } else {
                int gone = 0;
                while (gone < size && number - numbers[gone] >= POINTS) {
                    gone++;
                }
                drop(gone);
            }
            number = Math.floorDiv(micros, width);
        }
        return number;
    }

    private void widen() {
        width *= 2;
        int to = -1;
        for (int i = 0; i < size; i++) {
            long number = Math.floorDiv(numbers[i], 2);
            if (to >= 0 && numbers[to] == number) {
                int both = counts[to] + counts[i];
                seconds[to] += (seconds[i] - seconds[to]) * counts[i] / both;
                means[to] += (means[i] - means[to]) * counts[i] / both;
                counts[to] = both;
            } else {
                shift(i, ++to, 1);
                numbers[to] = number;
            }
        }
        size = to + 1;
    }

    private Optional<Trend> through(int points) {
        return Trend.of(origin, seconds, means, points);
    }

    /// The line through the complete stretches; empty where it means nothing yet.
    public Optional<Trend> trend() {
        if (stale) {
            Trend line = through(size - 1).orElse(null);
            drawn = line;
            significant = line != null && line.isSignificant();
            stale = false;
        }
        return Optional.ofNullable(drawn);
    }

    @Override
    public double read(Output output, double argument, long nowMicros) {
        if (stale) {
            trend();
        }
        Trend line = drawn;
        if (line == null || !significant) {
            return Double.NaN;
        }
        return output == Output.FORECAST
                ? forecast(line, argument, nowMicros)
                : timeTo(line, argument, nowMicros);
    }

    private static double forecast(Trend line, double aheadSeconds, long nowMicros) {
        return aheadSeconds > FORECAST_REACH * line.spanSeconds()
                ? Double.NaN
                : line.at(nowMicros + (long) (aheadSeconds * MICROS_PER_SECOND));
    }

    private static double timeTo(Trend line, double limit, long nowMicros) {
        double wait = (limit - line.at(nowMicros)) / line.slopePerSecond();
        if (wait < 0) {
            return -wait <= line.spanSeconds() ? 0 : NEVER_SECONDS;
        }
        return wait > Trend.REACH * line.spanSeconds() ? Double.NaN : Math.min(wait, NEVER_SECONDS);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(width);
        out.writeLong(origin);
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(numbers[i]);
            out.writeDouble(seconds[i]);
            out.writeDouble(means[i]);
            out.writeInt(counts[i]);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        width = in.readLong();
        origin = in.readLong();
        size = in.readInt();
        if (size < 0 || size > POINTS || width < 1) {
            throw new IOException(size + " points, where " + POINTS + " is the most");
        }
        resize(Math.max(CAPACITY_MIN, size));
        for (int i = 0; i < size; i++) {
            numbers[i] = in.readLong();
            seconds[i] = in.readDouble();
            means[i] = in.readDouble();
            counts[i] = in.readInt();
        }
        stale = true;
    }
}
