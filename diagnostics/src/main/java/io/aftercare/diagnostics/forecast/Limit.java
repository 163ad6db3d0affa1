package io.aftercare.diagnostics.forecast;

import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.track.Output;
import io.aftercare.diagnostics.track.TrackSpec;
import java.time.Duration;
import java.util.List;

/// A value that a metric had better not reach.
///
/// @param history how much of the past its trend is drawn through
/// @param source  who says so: a rule's id, or `product`
/// @param isAsked whether it is of interest also where no trend leads there
public record Limit(String metric, double value, Duration history, String source, boolean isAsked) {
    static final String PRODUCT = "product";
    static final Duration USUAL_HISTORY = Duration.ofDays(30);

    /// The limits that a rule asks of with `time_to`.
    public static List<Limit> of(Rule rule) {
        Layout layout = new Layout();
        rule.when().condition(layout);
        List<TrackSpec> tracks = layout.tracks();
        return layout.readings().stream().filter(reading -> reading.output() == Output.TIME_TO)
                .flatMap(reading -> tracks.get(reading.track())
                        .source() instanceof TrackSpec.Source.Metric metric
                                ? List.of(new Limit(metric.name(), reading.argument(),
                                        Duration.ofNanos(tracks.get(reading.track()).spanMicros() * 1_000),
                                        rule.id(), true))
                                        .stream()
                                : List.<Limit>of().stream())
                .toList();
    }
}
