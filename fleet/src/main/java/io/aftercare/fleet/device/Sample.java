package io.aftercare.fleet.device;

import java.util.Arrays;

/// One message's metrics of one device at one moment. Mutable and reused by its lane, so that the hot path allocates
/// nothing: a receiver copies what it wants to keep. Not thread-safe.
public final class Sample {
    /// Bound on the values of one sample, of the protocol.
    public static final int VALUES_MAX = 256;

    private Device device;
    private ModelMetrics metrics;
    private long micros;
    private int count;
    private final int[] places = new int[VALUES_MAX];
    private final double[] values = new double[VALUES_MAX];

    public Sample(Device device, ModelMetrics metrics) {
        this.device = device;
        this.metrics = metrics;
    }

    /// Empties it for another message.
    ///
    /// @param micros event time, microseconds since 1970 UTC
    public void begin(Device device, ModelMetrics metrics, long micros) {
        this.device = device;
        this.metrics = metrics;
        this.micros = micros;
        this.count = 0;
    }

    /// Sets the event time, where it is found after the values.
    public void at(long micros) {
        this.micros = micros;
    }

    /// Adds a value; the last one wins where a metric comes twice.
    ///
    /// @param place of the metric in [ModelMetrics]
    /// @return false where the sample is full
    public boolean add(int place, double value) {
        for (int i = 0; i < count; i++) {
            if (places[i] == place) {
                values[i] = value;
                return true;
            }
        }
        if (count == VALUES_MAX) {
            return false;
        }
        places[count] = place;
        values[count++] = value;
        return true;
    }

    public Device device() {
        return device;
    }

    public ModelMetrics metrics() {
        return metrics;
    }

    /// Event time, microseconds since 1970 UTC.
    public long micros() {
        return micros;
    }

    /// How many values it has.
    public int count() {
        return count;
    }

    /// The metric of value `i`, as its place in [ModelMetrics].
    public int place(int i) {
        return places[i];
    }

    public double value(int i) {
        return values[i];
    }

    @Override
    public String toString() {
        return device.id() + " at " + micros + " µs: places " + Arrays.toString(Arrays.copyOf(places, count))
                + ", values " + Arrays.toString(Arrays.copyOf(values, count));
    }
}
