package io.aftercare.diagnostics.expression;

/// What one function over time remembers of one metric of one device; fed with each of the metric's values. Its memory is
/// bounded, its cost per value constant. Belongs to one lane; not thread-safe.
///
/// A new function over time is a new kind of track and its [Output]s; nothing else of the evaluator changes.
public abstract sealed class Track permits Window, Previous, Anomaly {
    /// A value newer than all before.
    public abstract void add(double value, long micros);

    /// A value older than the newest one; it goes where it belongs, if there is still a place for it.
    public abstract void late(double value, long micros);

    /// The function's value at a moment not before the newest value, NaN where it is unknown.
    public abstract double read(Output output, long nowMicros);
}
