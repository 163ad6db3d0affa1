package io.aftercare.ota.health;

import java.util.TreeSet;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.campaign.Soaks.Soak;
import io.aftercare.ota.health.Groups.Member;
import io.aftercare.ota.health.HealthFacts.Mean;
import io.aftercare.ota.health.HealthFacts.Raised;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Gathers what a look compares: of both groups the faults over the same time, and each device's metrics before the campaign and
/// during the soak. Every query is of one device or of bounded many; none is within a transaction.
final class Survey {
    /// Bound on the devices of a group whose metrics are read.
    static final int METRIC_DEVICES_MAX = 200;
    private static final int CHART_DEVICES_MAX = 25;
    private static final int CHART_POINTS = 60;
    /// So long a device may be silent that is switched on.
    private static final Duration SILENT_MAX = Duration.ofMinutes(10);
    private static final Duration BEFORE_MIN = Duration.ofHours(1);
    private static final Duration BEFORE_MAX = Duration.ofDays(7);

    private final HealthFacts facts;
    private final Soak soak;
    private final Instant now;
    private final List<Member> updated;
    private final List<Member> waiting;
    private final Map<DeviceId, List<Raised>> raised;
    private final List<String> metrics;

    Survey(HealthFacts facts, Soak soak, Groups groups, Instant now) {
        this.facts = facts;
        this.soak = soak;
        this.now = now;
        this.updated = groups.updated();
        // a device that is switched off raises no fault, and would make the updated ones look worse
        Set<DeviceId> heard = facts.heard(groups.waiting().stream().map(Member::id).toList(),
                soak.openedAt().minus(SILENT_MAX));
        this.waiting = groups.waiting().stream().filter(member -> heard.contains(member.id())).toList();
        List<DeviceId> all = new ArrayList<>();
        updated.forEach(member -> all.add(member.id()));
        waiting.forEach(member -> all.add(member.id()));
        this.raised = facts.raised(all, soak.openedAt()).stream()
                .collect(Collectors.groupingBy(Raised::device));
        this.metrics = soak.gate().metrics().stream().map(Plan.Metric::metric).toList();
    }

    /// A tenth of the soak is left to the devices to settle after their restart.
    private Instant settled() {
        return soak.reachedAt().plus(soak.gate().soak().dividedBy(10));
    }

    List<Compared> updated() {
        return compared(updated);
    }

    List<Compared> waiting() {
        return compared(waiting);
    }

    private List<Compared> compared(List<Member> group) {
        List<Compared> devices = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Member member = group.get(i);
            // who was confirmed only during the soak has another span of time behind it than the others
            boolean measured = !metrics.isEmpty() && i < METRIC_DEVICES_MAX
                    && !member.from().isAfter(settled());
            devices.add(new Compared(codes(member, now), measured ? before(member) : Map.of(),
                    measured ? means(member, settled(), now) : Map.of()));
        }
        return devices;
    }

    private Set<String> codes(Member member, Instant until) {
        Set<String> codes = new HashSet<>();
        for (Raised one : raised.getOrDefault(member.id(), List.of())) {
            boolean counts = !one.at().isBefore(member.from())
                    || one.open() && !one.at().isBefore(member.standing());
            if (counts && !one.at().isAfter(until)) {
                codes.add(one.code());
            }
        }
        return codes;
    }

    private Instant beforeFrom() {
        Duration length = soak.gate().soak();
        length = length.compareTo(BEFORE_MIN) < 0 ? BEFORE_MIN : length;
        return soak.startedAt().minus(length.compareTo(BEFORE_MAX) > 0 ? BEFORE_MAX : length);
    }

    private Map<String, Double> before(Member member) {
        return means(member, beforeFrom(), soak.startedAt());
    }

    private Map<String, Double> means(Member member, Instant from, Instant to) {
        Map<String, Double> means = new HashMap<>();
        if (from.isBefore(to)) {
            facts.means(member.id(), metrics, from, to, 1).forEach((metric, parts) -> {
                long count = parts.stream().mapToLong(Mean::count).sum();
                if (count > 0) {
                    means.put(metric,
                            parts.stream().mapToDouble(part -> part.value() * part.count()).sum() / count);
                }
            });
        }
        return means;
    }

    /// Both groups over time, for a chart: the share of devices with a fault, and each metric's mean.
    ArrayNode series() {
        ArrayNode series = Json.array();
        ObjectNode faults = series.addObject().put("kind", "fault").put("name", Finding.ANY);
        ArrayNode points = faults.putArray("points");
        Duration step = Duration.between(soak.openedAt(), now).dividedBy(CHART_POINTS);
        for (int i = 0; i <= CHART_POINTS; i++) {
            Instant at = i == CHART_POINTS ? now : soak.openedAt().plus(step.multipliedBy(i));
            ObjectNode point = points.addObject().put("at", at.toString());
            put(point, "updated", share(updated, at));
            put(point, "waiting", share(waiting, at));
        }
        if (!metrics.isEmpty()) {
            Map<String, Map<Instant, Double>> own = chart(updated);
            Map<String, Map<Instant, Double>> others = chart(waiting);
            metrics.forEach(metric -> series.add(line(metric, own.getOrDefault(metric, Map.of()),
                    others.getOrDefault(metric, Map.of()))));
        }
        return series;
    }

    private double share(List<Member> group, Instant until) {
        return group.isEmpty()
                ? Double.NaN
                : (double) group.stream().filter(member -> !codes(member, until).isEmpty()).count()
                        / group.size();
    }

    private Map<String, Map<Instant, Double>> chart(List<Member> group) {
        Instant begin = soak.startedAt().minus(soak.gate().soak());
        Instant from = begin.isBefore(beforeFrom()) ? beforeFrom() : begin;
        Map<String, Map<Instant, List<Double>>> read = new HashMap<>();
        group.stream().limit(CHART_DEVICES_MAX)
                .forEach(member -> facts.means(member.id(), metrics, from, now, CHART_POINTS)
                        .forEach((metric, means) -> means.forEach(mean -> read
                                .computeIfAbsent(metric, _ -> new TreeMap<>())
                                .computeIfAbsent(mean.at(), _ -> new ArrayList<>()).add(mean.value()))));
        Map<String, Map<Instant, Double>> chart = new HashMap<>();
        read.forEach((metric, spans) -> {
            Map<Instant, Double> line = new TreeMap<>();
            spans.forEach((at, values) -> line.put(at,
                    values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)));
            chart.put(metric, line);
        });
        return chart;
    }

    private static ObjectNode line(String metric, Map<Instant, Double> own, Map<Instant, Double> others) {
        ObjectNode line = Json.object().put("kind", "metric").put("name", metric);
        ArrayNode points = line.putArray("points");
        Set<Instant> times = new TreeSet<>(own.keySet());
        times.addAll(others.keySet());
        for (Instant at : times) {
            ObjectNode point = points.addObject().put("at", at.toString());
            put(point, "updated", own.getOrDefault(at, Double.NaN));
            put(point, "waiting", others.getOrDefault(at, Double.NaN));
        }
        return line;
    }

    private static void put(ObjectNode point, String group, double value) {
        if (!Double.isNaN(value)) {
            point.put(group, value);
        }
    }
}
