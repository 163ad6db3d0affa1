package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Mean and deviation of all values so far, each weighing half as much for every half-life that it is older: Σwv / Σw with
/// w = 2^(-age / half-life). The recurrence is West's (1979); nothing is subtracted. After [#FORGOTTEN_AFTER] half-lives without a value it
/// begins anew.
final class Decay extends Track {
    /// Values that a deviation needs before a distance from it means something.
    static final int VALUES_MIN = 10;
    private static final int VERSION = 1;
    private static final double FORGOTTEN_AFTER = 20;

    private final double halfLifeMicros;
    private long newestAt = Long.MIN_VALUE;
    private double weight;
    private double mean = Double.NaN;
    /// Weighted sum of squared distances from the mean.
    private double squares;
    private long values;
    /// The newest value's distance from what came before it, in deviations.
    private double distance = Double.NaN;
    /// Values come at a steady pace, so the last step's decay is most often the next one's too.
    private long knownStep = -1;
    private double knownDecay;

    Decay(long halfLifeMicros) {
        this.halfLifeMicros = (double) halfLifeMicros;
    }

    @Override
    public void add(double value, long micros) {
        if (newestAt != Long.MIN_VALUE && micros - newestAt > FORGOTTEN_AFTER * halfLifeMicros) {
            values = 0;
        }
        if (values == 0) {
            weight = 1;
            mean = value;
            squares = 0;
            distance = Double.NaN;
        } else {
            distance = values < VALUES_MIN ? Double.NaN : distance(value);
            double decay = decay(micros - newestAt);
            weight *= decay;
            squares *= decay;
            take(value, 1);
        }
        values++;
        newestAt = micros;
    }

    private double distance(double value) {
        double deviation = Math.sqrt(squares / weight);
        return deviation > 0 ? (value - mean) / deviation : value == mean ? 0 : Double.NaN;
    }

    private double decay(long step) {
        if (step != knownStep) {
            knownStep = step;
            knownDecay = exactDecay(step);
        }
        return knownDecay;
    }

    private double exactDecay(long step) {
        return Math.exp(-step / halfLifeMicros * Math.log(2));
    }

    private void take(double value, double itsWeight) {
        weight += itsWeight;
        double off = value - mean;
        mean += off * itsWeight / weight;
        squares += itsWeight * off * (value - mean);
    }

    @Override
    public void late(double value, long micros) {
        if (values > 0 && newestAt - micros <= FORGOTTEN_AFTER * halfLifeMicros) {
            take(value, exactDecay(newestAt - micros));
            values++;
        }
    }

    @Override
    public double read(Output output, double argument, long nowMicros) {
        return output == Output.EWMA ? mean : distance;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(newestAt);
        out.writeDouble(weight);
        out.writeDouble(mean);
        out.writeDouble(squares);
        out.writeLong(values);
        out.writeDouble(distance);
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        newestAt = in.readLong();
        weight = in.readDouble();
        mean = in.readDouble();
        squares = in.readDouble();
        values = in.readLong();
        distance = in.readDouble();
    }
}
