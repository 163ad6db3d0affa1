package io.aftercare.diagnostics.track;

/// What a [Track] can be asked. Each family of outputs shares one track of a source and window.
public enum Output {
    AVERAGE,
    SUM,
    COUNT,
    OCCURRENCES,
    MINIMUM,
    MAXIMUM,
    DEVIATION,
    DELTA,
    RATE,
    INCREASE,
    QUANTILE,
    PREVIOUS,
    CHANGED,
    EWMA,
    ZSCORE,
    FORECAST,
    TIME_TO,
    ANOMALY
}
