package io.aftercare.diagnostics.track;

/// Which [Track] a condition needs; conditions that need the same one share it.
///
/// @param spanMicros the window, half-life or history, microseconds; 0 where there is none
public record TrackSpec(Source source, Kind kind, long spanMicros) {
    private static final long HALF_LIVES_REPLAYED = 10;

    /// Where a track's values come from.
    public sealed interface Source {
        /// The values of a metric.
        record Metric(String name) implements Source {}

        /// The text of an attribute, as [Texts#fingerprint].
        record Attribute(String name) implements Source {}

        /// Whichever of a metric and an attribute has this name.
        record Named(String name) implements Source {}

        /// Events with a code; each counts 1.
        record Event(String code) implements Source {}

        /// Boots that nobody asked for; each counts 1.
        record Reboots() implements Source {}
    }

    /// How a track remembers.
    public enum Kind {
        SUMS, EXTREMES, MOMENTS, ENDS, INCREASES, QUANTILES, PREVIOUS, CHANGES, DECAY, TREND, ANOMALY
    }

    /// A new one that remembers nothing yet.
    public Track create() {
        return switch (kind) {
            case SUMS -> new Sums(spanMicros);
            case EXTREMES -> new Extremes(spanMicros);
            case MOMENTS -> new Moments(spanMicros);
            case ENDS -> new Ends(spanMicros);
            case INCREASES -> new Increases(spanMicros);
            case QUANTILES -> new Quantiles(spanMicros);
            case PREVIOUS -> new Previous();
            case CHANGES -> new Changes(spanMicros);
            case DECAY -> new Decay(spanMicros);
            case TREND -> new TrendTrack(spanMicros);
            case ANOMALY -> new Anomaly();
        };
    }

    /// Whether a track that was fed with the last [#replayMicros] is as one that was always fed. The others
    /// ([Kind#DECAY], [Kind#TREND], [Kind#ANOMALY], [Kind#PREVIOUS]) need a snapshot to go on exactly.
    public boolean isExactAfterReplay() {
        return switch (kind) {
            case SUMS, EXTREMES, MOMENTS, ENDS, INCREASES, QUANTILES, CHANGES -> true;
            case PREVIOUS, DECAY, TREND, ANOMALY -> false;
        };
    }

    /// How far back a track is fed after a restart, microseconds: all that it can remember, or, where its memory fades, ten
    /// half-lives (what is older weighs less than a thousandth).
    public long replayMicros() {
        return switch (kind) {
            case SUMS, EXTREMES, MOMENTS, ENDS, INCREASES, QUANTILES, CHANGES, TREND -> spanMicros;
            case DECAY -> spanMicros * HALF_LIVES_REPLAYED;
            case PREVIOUS, ANOMALY -> 0;
        };
    }
}
