package io.aftercare.diagnostics.track;

/// What one function over time remembers of one metric, event or attribute of one device; fed with each of its values. Its
/// memory is bounded, its cost per value constant. Belongs to one lane; not thread-safe.
///
/// A new function over time is a new kind of track, its [TrackSpec.Kind] and its [Output]s.
public abstract class Track implements Remembered {
    /// A value not older than any before.
    public abstract void add(double value, long micros);

    /// A value older than the newest one; it goes where it belongs, if there is still a place for it.
    public abstract void late(double value, long micros);

    /// The function's value at a moment not before the newest value, NaN where it is unknown.
    ///
    /// @param argument what the function takes besides its window: the share of a quantile, the limit of a crossing
    public abstract double read(Output output, double argument, long nowMicros);
}
