package io.aftercare.diagnostics.expression;

/// What a [Track] can be asked. Each family of outputs shares one track of a metric and window.
public enum Output {
    AVERAGE, SUM, COUNT, MINIMUM, MAXIMUM, DELTA, RATE, PREVIOUS, ANOMALY;

    boolean hasWindow() {
        return this != PREVIOUS && this != ANOMALY;
    }
}
