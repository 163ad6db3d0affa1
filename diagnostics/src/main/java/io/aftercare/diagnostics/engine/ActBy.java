package io.aftercare.diagnostics.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.track.Output;
import io.aftercare.diagnostics.track.TrackSpec;
import io.aftercare.diagnostics.track.Trend.Crossing;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// By when somebody must act, where a rule speaks of the time until a trend crosses a limit (`time_to`).
///
/// @param metric   that is on its way
/// @param limit    that it will reach
/// @param earliest the early end of the 90 % interval: act by then
record ActBy(String metric, double limit, Instant earliest, Instant estimate, Instant latest) {
    /// What a rule foresees of a device now; the nearest, where it looks at several metrics.
    static Optional<ActBy> of(CompiledRule rule, Layout layout, Frame frame) {
        return layout.readings().stream().filter(reading -> reading.output() == Output.TIME_TO)
                .filter(reading -> Arrays.stream(rule.shown()).anyMatch(slot -> slot == reading.slot()))
                .flatMap(reading -> frame.trend(reading.track())
                        .flatMap(trend -> trend.crossing(reading.argument()))
                        .map(crossing -> of(layout.tracks().get(reading.track()), reading.argument(),
                                crossing))
                        .stream())
                .min(Comparator.comparing(ActBy::estimate));
    }

    private static ActBy of(TrackSpec track, double limit, Crossing crossing) {
        String metric = track.source() instanceof TrackSpec.Source.Metric source ? source.name() : "";
        return new ActBy(metric, limit, Micros.instant(crossing.earliestMicros()),
                Micros.instant(crossing.estimateMicros()), Micros.instant(crossing.latestMicros()));
    }

    /// Such as "toner_pct is expected to reach 5 on 2026-12-11 (between 2026-12-09 and 2026-12-14, 90 %)", days in UTC.
    String words() {
        String number = limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
        return metric + " is expected to reach " + number + " on " + day(estimate) + " (between "
                + day(earliest) + " and "
                + day(latest) + ", 90 %)";
    }

    private static String day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    ObjectNode json() {
        return Json.object().put("metric", metric).put("limit", limit).put("earliest", earliest.toString())
                .put("estimate", estimate.toString()).put("latest", latest.toString()).put("confidence", 0.9)
                .put("text", words());
    }
}
