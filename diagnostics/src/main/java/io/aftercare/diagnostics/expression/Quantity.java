package io.aftercare.diagnostics.expression;

/// A compiled number over a [Frame], NaN where it is unknown. Immutable, so threads may share it; allocates nothing.
public abstract class Quantity {
    public abstract double of(Frame frame);
}
