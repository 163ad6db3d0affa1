package io.aftercare.service.quality;

import io.aftercare.service.quality.Charts.Point;
import io.aftercare.service.text.Html;
import io.aftercare.service.text.Words;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A quality report as one page of HTML that stands alone and prints well, with charts, in English, Chinese or both. Pure.
final class ReportPage {
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    private static final String STYLE = """
            body{font:14px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#111}
            h1{font-size:1.6em;margin:0}h2{font-size:1.15em;margin:1.6em 0 .4em;border-bottom:1px solid #999}
            table{border-collapse:collapse;width:100%;margin:.5em 0}th,td{text-align:right;padding:.2em .5em;border-bottom:1px solid #ddd}
            th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}svg{width:100%;height:auto}.missed{color:#a00;font-weight:600}
            @media print{body{margin:0;max-width:none}section,svg,tr{break-inside:avoid}h2{break-after:avoid}}""";

    private final QualityReport report;
    private final Words words;
    private final String currency;
    private final Html page;

    private ReportPage(QualityReport report, Words words, String currency) {
        this.report = report;
        this.words = words;
        this.currency = currency;
        this.page = Html.page(words.language(), words.get("title") + " " + report.period(), STYLE);
    }

    static byte[] of(QualityReport report, Words words, String currency) {
        ReportPage made = new ReportPage(report, words, currency);
        made.head();
        made.figures();
        made.trend();
        made.groups("byModel", report.byModel());
        made.groups("byRegion", report.byRegion());
        made.groups("byOutlet", report.byOutlet());
        report.reliability().forEach(made::reliability);
        report.paretos().forEach(made::pareto);
        made.hotSpots();
        made.cost();
        made.checks();
        return made.page.end();
    }

    private void head() {
        page.element("h1", words.get("title") + " " + report.period());
        page.element("p", report.from() + " – " + report.to() + " (" + report.targets().zone() + ")");
        if (report.provisional()) {
            page.element("p", words.get("provisional"), "class", "missed");
        }
        page.element("h2", words.get("missed"));
        if (report.missed().isEmpty()) {
            page.element("p", words.get("none"));
        }
        report.missed().forEach(text -> page.element("p", text, "class", "missed"));
    }

    private void figures() {
        page.element("h2", words.get("figures")).open("table");
        row("th", "", report.period(), words.get("previous"), words.get("target"));
        Figures now = report.figures();
        Figures then = report.previous();
        Targets wanted = report.targets();
        figure("cases", (double) now.cases(), (double) then.cases(), null, ReportPage::whole);
        figure("meanResponse", now.meanResponse(), then.meanResponse(), wanted.responseMinutes(),
                ReportPage::minutes);
        figure("meanResolution", now.meanResolution(), then.meanResolution(), null, ReportPage::minutes);
        figure("meanResolutionNet", now.meanResolutionNet(), then.meanResolutionNet(),
                wanted.resolutionMinutes(),
                ReportPage::minutes);
        figure("firstTimeFix", now.firstTimeFix(), then.firstTimeFix(), wanted.firstTimeFix(),
                ReportPage::percent);
        figure("attainment", now.attainment(), then.attainment(), wanted.attainment(), ReportPage::percent);
        figure("fixRate", now.fixRate(), then.fixRate(), wanted.fixRate(), ReportPage::percent);
        figure("satisfaction", now.satisfaction(), then.satisfaction(), wanted.satisfaction(),
                value -> String.format(Locale.ROOT, "%.2f", value));
        page.close("table");
    }

    private void figure(String name, @Nullable Double now, @Nullable Double then, @Nullable Double target,
            Function<Double, String> form) {
        row("td", words.get(name), shown(now, form), shown(then, form), shown(target, form));
    }

    private void trend() {
        page.open("section").element("h2", words.get("trend"));
        page.raw(Charts.line(words.get("cases"), report.trend().stream().map(one -> new Point(one.period(),
                one.figures().cases(), Integer.toString(one.figures().cases()))).toList()));
        page.element("p", words.get("cases"));
        page.raw(Charts.line(words.get("meanResponse"),
                report.trend().stream().map(one -> new Point(one.period(),
                        or0(one.figures().meanResponse()),
                        shown(one.figures().meanResponse(), ReportPage::minutes)))
                        .toList()));
        page.element("p", words.get("meanResponse"));
        page.raw(Charts.line(words.get("faults"), report.trend().stream()
                .map(one -> new Point(one.period(), one.faults(), Integer.toString(one.faults()))).toList()));
        page.element("p", words.get("faults")).close("section");
    }

    private void groups(String title, List<Kpis.Group> groups) {
        page.open("section").element("h2", words.get(title)).open("table");
        row("th", "", words.get("cases"), words.get("meanResponse"), words.get("meanResolutionNet"),
                words.get("firstTimeFix"), words.get("attainment"), words.get("fixRate"),
                words.get("satisfaction"));
        for (Kpis.Group group : groups) {
            Figures one = group.figures();
            row("td", group.name().isEmpty() ? "–" : group.name(), Integer.toString(one.cases()),
                    shown(one.meanResponse(), ReportPage::minutes),
                    shown(one.meanResolutionNet(), ReportPage::minutes),
                    shown(one.firstTimeFix(), ReportPage::percent),
                    shown(one.attainment(), ReportPage::percent),
                    shown(one.fixRate(), ReportPage::percent),
                    shown(one.satisfaction(), value -> String.format(Locale.ROOT, "%.2f", value)));
        }
        page.close("table").close("section");
    }

    private void reliability(Reliability reliability) {
        String title = words.get("reliability") + " · " + words.get(reliability.by());
        page.open("section").element("h2", title);
        page.raw(Charts.bars(title, reliability.lines().stream().limit(15)
                .map(line -> new Point(line.name(), line.failureRate(), percent(line.failureRate())))
                .toList()));
        page.open("table");
        row("th", "", words.get("population"), words.get("faults"), words.get("failureRate"),
                words.get("stability"), words.get("mtbf"));
        for (Reliability.Line line : reliability.lines()) {
            row("td", line.name(), Integer.toString(line.population()), Integer.toString(line.faults()),
                    percent(line.failureRate()), percent(line.stability()),
                    shown(line.mtbfHours(), value -> String.format(Locale.ROOT, "%.0f h", value)));
        }
        page.close("table").close("section");
    }

    private void pareto(Pareto pareto) {
        String title = words.get("pareto") + " · " + words.get(pareto.by());
        page.open("section").element("h2", title).raw(Charts.pareto(title, pareto)).open("table");
        row("th", "", words.get("faults"), words.get("share"), words.get("cumulative"));
        for (Pareto.Bar bar : pareto.bars()) {
            row("td", bar.name(), Integer.toString(bar.count()), percent(bar.share()),
                    percent(bar.cumulative()));
        }
        page.close("table").close("section");
    }

    private void hotSpots() {
        page.open("section").element("h2", words.get("hotSpots")).open("table");
        row("th", words.get("model"), words.get("kind"), words.get("cause"), words.get("complaints"));
        for (Sources.HotSpot spot : report.hotSpots()) {
            row("td", spot.model(), words.orSame(spot.kind()), spot.cause().isEmpty() ? "–" : spot.cause(),
                    Integer.toString(spot.complaints()));
        }
        page.close("table").close("section");
    }

    private void cost() {
        page.open("section").element("h2", words.get("cost") + " (" + currency + ")").open("table");
        row("th", "", report.period(), words.get("previous"));
        row("td", words.get("amount"), report.cost().amount().toPlainString(),
                report.costBefore().amount().toPlainString());
        row("td", words.get("perTicket"), plain(report.cost().perTicket()),
                plain(report.costBefore().perTicket()));
        report.cost().byKind().forEach((kind, amount) -> row("td", words.orSame(kind), amount.toPlainString(),
                plain(report.costBefore().byKind().get(kind))));
        page.close("table").close("section");
    }

    private void checks() {
        page.open("section").element("h2", words.get("checks")).open("table");
        row("th", words.get("outlet"), words.get("kind"), words.get("checks"), words.get("mean"));
        for (QualityChecks.Mean mean : report.checks()) {
            row("td", mean.outlet().isEmpty() ? "–" : mean.outlet(), words.orSame(mean.kind()),
                    Integer.toString(mean.checks()), String.format(Locale.ROOT, "%.2f", mean.mean()));
        }
        page.close("table").close("section");
    }

    private void row(String cell, String... texts) {
        page.open("tr");
        for (String text : texts) {
            page.element(cell, text);
        }
        page.close("tr");
    }

    private static String shown(@Nullable Double value, Function<Double, String> form) {
        return value == null ? "–" : form.apply(value);
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null ? "–" : amount.toPlainString();
    }

    private static double or0(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value * 100);
    }

    private static String minutes(double value) {
        return value < 60
                ? String.format(Locale.ROOT, "%.0f min", value)
                : value < 2880
                        ? String.format(Locale.ROOT, "%.1f h", value / 60)
                        : String.format(Locale.ROOT, "%.1f d", value / 1440);
    }
}
