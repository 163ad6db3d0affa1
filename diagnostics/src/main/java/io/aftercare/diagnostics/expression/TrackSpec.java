package io.aftercare.diagnostics.expression;

/// Which [Track] of a metric a condition needs; conditions that need the same one share it.
public sealed interface TrackSpec {
    String metric();

    /// The time back from which a track must be fed to be as if it had always been, microseconds; 0 where one value does.
    long spanMicros();

    Track create();

    /// Which sums a window keeps.
    enum Family {
        SUMS, EXTREMES, ENDS
    }

    /// A ring over the last `spanMicros`.
    record Over(String metric, Family family, long spanMicros) implements TrackSpec {
        @Override
        public Track create() {
            return Window.of(family, spanMicros);
        }
    }

    /// The value before the newest.
    record Before(String metric) implements TrackSpec {
        @Override
        public long spanMicros() {
            return 0;
        }

        @Override
        public Track create() {
            return new Previous();
        }
    }

    /// The shapes that the metric's values have had. What they were before a restart is learnt anew.
    record Shapes(String metric) implements TrackSpec {
        @Override
        public long spanMicros() {
            return 0;
        }

        @Override
        public Track create() {
            return new Anomaly();
        }
    }

    static TrackSpec of(Output output, String metric, long windowMicros) {
        return switch (output) {
            case AVERAGE, SUM, COUNT -> new Over(metric, Family.SUMS, windowMicros);
            case MINIMUM, MAXIMUM -> new Over(metric, Family.EXTREMES, windowMicros);
            case DELTA, RATE -> new Over(metric, Family.ENDS, windowMicros);
            case PREVIOUS -> new Before(metric);
            case ANOMALY -> new Shapes(metric);
        };
    }
}
