package io.aftercare.benchmarks.rules;

/// A way to hold samples against rules. One thread at a time.
interface Contender extends AutoCloseable {
    /// Judges samples `from` to `from + count` of [Samples]. The loop is in each for itself, since a call between would cost as much as
    /// a condition.
    void run(long from, int count);

    /// How many breaches it has found so far: whoever does less work than it says finds fewer than the others.
    long found();

    @Override
    default void close() {
        // most hold memory alone
    }
}
