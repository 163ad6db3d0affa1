package io.aftercare.diagnostics.engine;

/// Where a rule stands with one device. All transitions are in [RuleState#step].
public enum Phase {
    /// The condition does not hold, or is unknown.
    IDLE,
    /// It holds, not yet for long enough.
    PENDING,
    /// The fault is open.
    FIRING,
    /// The fault is open and its end holds, not yet for long enough or within a quiet hold.
    RECOVERING;

    public boolean isOpen() {
        return this == FIRING || this == RECOVERING;
    }
}
