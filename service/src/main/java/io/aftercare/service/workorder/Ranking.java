package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.service.text.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Who should go (R28). Pure. Skill, certificate, hours, contract and a free slot are needed; of those who have them the one who is
/// near, of the region, and has little to do goes first. Every point is explained.
final class Ranking {
    private static final double REGION = 40;
    private static final double NEAR = 40;
    private static final double IDLE = 30;
    private static final double OWN_OUTLET = 10;
    /// Half of [#NEAR] is gone at this distance.
    private static final double HALF_KM = 25;

    private Ranking() {}

    /// Somebody with the reasons for and against them.
    ///
    /// @param score  sum of the reasons' points, 0 where they are refused
    /// @param causes why they cannot go, empty where they can
    record Candidate(String engineer, double score, List<Reason> reasons, List<Cause> causes) {
        boolean fits() {
            return causes.isEmpty();
        }

        /// The causes in English.
        @JsonProperty
        public List<String> refusals() {
            return Cause.texts(causes);
        }
    }

    /// A reason with its points.
    ///
    /// @param value what was looked at, to be said in any language: a region, kilometres, a number of orders, an outlet; empty where
    ///              it is not known
    /// @param text  the same in English
    record Reason(String what, double points, String value, String text) {}

    /// Those who can go, the best first, then those who cannot. Equals stand in the order of their names.
    ///
    /// @param load    open orders by engineer; who has none is missing
    /// @param clashes what each engineer has in the slot already, by name
    static List<Candidate> rank(Job job, List<Crew.Member> crew, Map<String, Integer> load,
            Map<String, String> clashes) {
        return crew.stream().map(one -> candidate(job, one, load.getOrDefault(one.name(), 0), clashes))
                .sorted(Comparator.comparing((Candidate one) -> !one.fits())
                        .thenComparing(Comparator.comparingDouble(Candidate::score).reversed())
                        .thenComparing(Candidate::engineer))
                .toList();
    }

    private static Candidate candidate(Job job, Crew.Member one, int load, Map<String, String> clashes) {
        List<Cause> refusals = new ArrayList<>(one.refusals());
        if (!one.outlet().isEmpty() && !one.outlet().equals(job.outlet())) {
            refusals.add(Cause.of("other-outlet", one.name() + " works for outlet " + one.outlet()
                    + ", which does not serve this device").with("engineer", one.name())
                    .with("outlet", one.outlet()));
        }
        String clash = clashes.get(one.name());
        if (clash != null) {
            refusals.add(Cause.of("booked", one.name() + " has " + clash + " at that time")
                    .with("engineer", one.name()).with("order", clash));
        }
        if (!refusals.isEmpty()) {
            return new Candidate(one.name(), 0, List.of(), List.copyOf(refusals));
        }
        List<Reason> reasons = reasons(job, one, load);
        return new Candidate(one.name(), rounded(reasons.stream().mapToDouble(Reason::points).sum()), reasons,
                List.of());
    }

    private static List<Reason> reasons(Job job, Crew.Member one, int load) {
        List<Reason> reasons = new ArrayList<>();
        boolean home = !job.region().isEmpty() && job.region().equals(one.region());
        reasons.add(new Reason("region", home ? REGION : 0, one.region(),
                home
                        ? "works in " + job.region()
                        : "works in " + (one.region().isEmpty() ? "no region" : one.region())));
        Position site = job.detail().site();
        Position from = one.home();
        if (site != null && from != null && job.type().travels()) {
            double km = from.kilometresTo(site);
            reasons.add(new Reason("distance", rounded(NEAR * HALF_KM / (HALF_KM + km)),
                    String.format(Locale.ROOT, "%.1f", km), String.format(Locale.ROOT, "%.1f km away", km)));
        } else if (job.type().travels()) {
            reasons.add(new Reason("distance", 0, "", "the distance is not known"));
        }
        reasons.add(new Reason("load", rounded(IDLE / (1 + load)), Integer.toString(load),
                load + (load == 1 ? " open order" : " open orders")));
        if (!one.outlet().isEmpty()) {
            reasons.add(new Reason("outlet", OWN_OUTLET, one.outlet(), "of the device's own outlet"));
        }
        return List.copyOf(reasons);
    }

    private static double rounded(double points) {
        return Math.round(points * 10) / 10.0;
    }
}
