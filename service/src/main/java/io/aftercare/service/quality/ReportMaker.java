package io.aftercare.service.quality;

import io.aftercare.service.period.Period;
import io.aftercare.service.quality.CaseFact.By;
import io.aftercare.service.quality.FaultStatistics.Count;
import io.aftercare.service.quality.QualityReport.Trend;
import io.aftercare.service.quality.Reliability.Fleet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Puts the report of a period together from what the rooms of the desk and the diagnosis know.
final class ReportMaker {
    private static final int TREND = 5;

    private final FactReader facts;
    private final FaultStatistics faults;
    private final Sources sources;
    private final CostFigures.Books books;

    ReportMaker(FactReader facts, FaultStatistics faults, Sources sources, CostFigures.Books books) {
        this.facts = facts;
        this.faults = faults;
        this.sources = sources;
        this.books = books;
    }

    /// The cases of a span, counted for every dimension in one reading.
    private record Counted(Figures all, Map<By, List<Kpis.Group>> groups) {
        List<Kpis.Group> by(By by) {
            return groups.getOrDefault(by, List.of());
        }
    }

    /// In a transaction.
    QualityReport make(Handle handle, Period period, Instant now) {
        Targets targets = Targets.SETTING.of(handle);
        ZoneId zone = targets.zoneId();
        Instant from = period.from(zone);
        Instant to = period.to(zone);
        Counted counted = count(handle, from, to, targets);
        List<Count> counts = faults.of(from, to);
        List<Trend> trend = trend(handle, period, zone, new Trend(period.text(), counted.all(), sum(counts)),
                targets);
        return new QualityReport(period.text(), !period.isOver(now, zone), from, to, targets, counted.all(),
                trend.get(trend.size() - 2).figures(), trend, counted.by(By.MODEL), counted.by(By.REGION),
                counted.by(By.OUTLET), reliability(Reliability.population(handle, from, to), counts),
                paretos(counts),
                sources.hotSpots().of(handle, from, to), books.of(handle, period),
                books.of(handle, period.before()),
                QualityChecks.means(handle, from, to), targets.missed(counted.all()));
    }

    private Counted count(Handle handle, Instant from, Instant to, Targets targets) {
        Tally all = new Tally();
        Map<By, Map<String, Tally>> tallies = new EnumMap<>(By.class);
        facts.read(handle, from, to, fact -> {
            all.add(fact);
            for (By by : List.of(By.MODEL, By.REGION, By.OUTLET)) {
                tallies.computeIfAbsent(by, _ -> new TreeMap<>())
                        .computeIfAbsent(fact.group(by), _ -> new Tally()).add(fact);
            }
        });
        Map<By, List<Kpis.Group>> groups = new EnumMap<>(By.class);
        tallies.forEach((by, map) -> {
            List<Kpis.Group> lines = new ArrayList<>();
            map.forEach((name, tally) -> {
                Figures figures = tally.figures();
                lines.add(new Kpis.Group(name, figures, targets.missed(figures)));
            });
            groups.put(by, lines);
        });
        return new Counted(all.figures(), groups);
    }

    private List<Trend> trend(Handle handle, Period period, ZoneId zone, Trend last, Targets targets) {
        List<Trend> trend = new ArrayList<>(List.of(last));
        Period earlier = period;
        for (int i = 0; i < TREND; i++) {
            earlier = earlier.before();
            Instant from = earlier.from(zone);
            Instant to = earlier.to(zone);
            trend.addFirst(new Trend(earlier.text(), count(handle, from, to, targets).all(),
                    sum(faults.of(from, to))));
        }
        return trend;
    }

    static List<Reliability> reliability(List<Fleet> fleets, List<Count> counts) {
        return List.of(Reliability.of("model", fleets, counts, Fleet::model, Count::model),
                Reliability.of("firmware", fleets, counts, fleet -> fleet.model() + " " + fleet.firmware(),
                        count -> count.model() + " " + count.firmware()),
                Reliability.of("batch", fleets, counts, fleet -> fleet.model() + " " + fleet.batch(),
                        count -> count.model() + " " + count.batch()),
                Reliability.of("region", fleets, counts, Fleet::region, Count::region));
    }

    static List<Pareto> paretos(List<Count> counts) {
        return List.of(Pareto.of("code", Reliability.counts(counts, Count::code)),
                Pareto.of("model", Reliability.counts(counts, Count::model)),
                Pareto.of("firmware",
                        Reliability.counts(counts, count -> count.model() + " " + count.firmware())),
                Pareto.of("batch", Reliability.counts(counts, count -> count.model() + " " + count.batch())),
                Pareto.of("region", Reliability.counts(counts, Count::region)));
    }

    private static int sum(List<Count> counts) {
        return counts.stream().mapToInt(Count::faults).sum();
    }
}
