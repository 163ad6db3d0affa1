package io.aftercare.service.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A report, or figures alone, as a table of `section,name,measure,value` or a line a group. Pure.
final class ReportCsv {
    private ReportCsv() {}

    static byte[] of(QualityReport report) {
        Csv csv = new Csv().row("section", "name", "measure", "value");
        figures(csv, "figures", report.period(), report.figures());
        figures(csv, "previous", "", report.previous());
        report.trend().forEach(one -> {
            figures(csv, "trend", one.period(), one.figures());
            csv.row("trend", one.period(), "faults", one.faults());
        });
        report.byModel().forEach(one -> figures(csv, "model", one.name(), one.figures()));
        report.byRegion().forEach(one -> figures(csv, "region", one.name(), one.figures()));
        report.byOutlet().forEach(one -> figures(csv, "outlet", one.name(), one.figures()));
        for (Reliability one : report.reliability()) {
            one.lines()
                    .forEach(line -> csv
                            .row("reliability-" + one.by(), line.name(), "population", line.population())
                            .row("reliability-" + one.by(), line.name(), "faults", line.faults())
                            .row("reliability-" + one.by(), line.name(), "failureRate", line.failureRate())
                            .row("reliability-" + one.by(), line.name(), "stability", line.stability())
                            .row("reliability-" + one.by(), line.name(), "mtbfHours", line.mtbfHours()));
        }
        for (Pareto one : report.paretos()) {
            one.bars().forEach(bar -> csv.row("pareto-" + one.by(), bar.name(), "faults", bar.count())
                    .row("pareto-" + one.by(), bar.name(), "cumulative", bar.cumulative()));
        }
        report.hotSpots()
                .forEach(spot -> csv.row("hot-spot", spot.model() + " " + spot.kind() + " " + spot.cause(),
                        "complaints", spot.complaints()));
        csv.row("cost", report.period(), "amount", report.cost().amount())
                .row("cost", report.period(), "perTicket", report.cost().perTicket())
                .row("cost", "previous", "amount", report.costBefore().amount());
        report.cost().byKind().forEach((kind, amount) -> csv.row("cost", kind, "amount", amount));
        report.checks()
                .forEach(one -> csv.row("checks", one.outlet() + " " + one.kind(), "mean", one.mean()));
        report.missed().forEach(text -> csv.row("missed", "", "", text));
        return csv.bytes();
    }

    /// The figures of people or teams, a line each, for appraisals (R59).
    static byte[] of(Kpis kpis) {
        Csv csv = new Csv().row(kpis.by(), "cases", "solved", "meanResponseMinutes", "meanResolutionMinutes",
                "meanResolutionNetMinutes", "firstTimeFix", "attainment", "fixRate", "satisfaction",
                "answers",
                "missed");
        kpis.groups().forEach(group -> line(csv, group.name(), group.figures(), group.missed()));
        line(csv, "*", kpis.all(), kpis.missed());
        return csv.bytes();
    }

    private static void line(Csv csv, String name, Figures figures, List<String> missed) {
        csv.row(name, figures.cases(), figures.solved(), figures.meanResponse(), figures.meanResolution(),
                figures.meanResolutionNet(), figures.firstTimeFix(), figures.attainment(), figures.fixRate(),
                figures.satisfaction(), figures.answers(), String.join("; ", missed));
    }

    private static void figures(Csv csv, String section, String name, Figures figures) {
        measure(csv, section, name, "cases", figures.cases());
        measure(csv, section, name, "meanResponseMinutes", figures.meanResponse());
        measure(csv, section, name, "meanResolutionMinutes", figures.meanResolution());
        measure(csv, section, name, "meanResolutionNetMinutes", figures.meanResolutionNet());
        measure(csv, section, name, "firstTimeFix", figures.firstTimeFix());
        measure(csv, section, name, "attainment", figures.attainment());
        measure(csv, section, name, "fixRate", figures.fixRate());
        measure(csv, section, name, "satisfaction", figures.satisfaction());
    }

    private static void measure(Csv csv, String section, String name, String measure,
            @Nullable Number value) {
        csv.row(section, name, measure, value);
    }
}
