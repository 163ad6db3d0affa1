package io.aftercare.simulator.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Failed;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.action.Outcome.Succeeded;
import java.util.LinkedHashSet;
import java.util.Set;

/// Answers `set_interval`.
public final class BoostDesk {
    private BoostDesk() {}

    /// Changes the interval, for a while or (without `ttlSeconds`) for good.
    public static Outcome set(Sampling sampling, JsonNode params) {
        double seconds = params.path("seconds").asDouble();
        double ttl = params.path("ttlSeconds").asDouble();
        if (!Sampling.isPossible(seconds)) {
            return new Rejected("seconds must be 0.2 to 3600");
        }
        if (ttl > Sampling.BOOST_MAX.toSeconds()) {
            return new Failed("ttlSeconds must be at most " + Sampling.BOOST_MAX.toSeconds());
        }
        if (ttl <= 0) {
            sampling.usual(seconds);
            return new Succeeded("a sample every " + seconds + " s");
        }
        Set<String> metrics = new LinkedHashSet<>();
        params.path("metrics").forEach(each -> metrics.add(each.asText()));
        sampling.boost(seconds, ttl, Set.copyOf(metrics));
        return new Succeeded("a sample every " + seconds + " s for " + ttl + " s"
                + (metrics.isEmpty() ? "" : " of " + String.join(", ", metrics)));
    }
}
