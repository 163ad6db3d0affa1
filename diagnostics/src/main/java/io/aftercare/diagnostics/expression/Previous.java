package io.aftercare.diagnostics.expression;

/// The value before the newest one.
final class Previous extends Track {
    private double newest = Double.NaN;
    private double before = Double.NaN;

    @Override
    public void add(double value, long micros) {
        before = newest;
        newest = value;
    }

    @Override
    public void late(double value, long micros) {
        // Which value came before the newest was decided when the newest was judged.
    }

    @Override
    public double read(Output output, long nowMicros) {
        return before;
    }
}
