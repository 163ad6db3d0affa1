package io.aftercare.service.quality;

import io.aftercare.service.text.Html;
import java.util.List;
import java.util.Locale;

/// Small charts as SVG: bars, a line over periods, a Pareto chart. They need no script and no other file, and every value stands
/// beside its mark, so that a print in grey loses nothing. Pure.
final class Charts {
    private static final int WIDTH = 720;
    private static final int ROW = 22;
    private static final int LABEL = 200;
    private static final int VALUE = 90;
    private static final int HEIGHT = 200;
    private static final int LABEL_CHARS_MAX = 28;

    private Charts() {}

    record Point(String name, double value, String shown) {}

    /// Bars lying, one below the other.
    static String bars(String title, List<Point> points) {
        double max = points.stream().mapToDouble(Point::value).max().orElse(0);
        int room = WIDTH - LABEL - VALUE;
        StringBuilder svg = begin(title, points.size() * ROW + ROW);
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            int y = i * ROW + ROW / 2;
            double length = max <= 0 ? 0 : Math.max(0, point.value()) / max * room;
            text(svg, LABEL - 8, y + 12, "end", shortened(point.name()));
            svg.append(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#4477aa\"/>", LABEL, y,
                    length,
                    ROW - 6));
            text(svg, LABEL + (int) length + 6, y + 12, "start", point.shown());
        }
        return svg.append("</svg>").toString();
    }

    /// A line through the periods, from zero up.
    static String line(String title, List<Point> points) {
        double max = points.stream().mapToDouble(Point::value).max().orElse(0);
        int step = points.size() < 2 ? WIDTH / 2 : (WIDTH - 80) / (points.size() - 1);
        StringBuilder svg = begin(title, HEIGHT + 40);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            int x = 40 + i * step;
            double y = 20 + HEIGHT - (max <= 0 ? 0 : points.get(i).value() / max * (HEIGHT - 20));
            path.append(String.format(Locale.ROOT, "%s%d,%.1f", i == 0 ? "" : " ", x, y));
            svg.append(String.format(Locale.ROOT, "<circle cx=\"%d\" cy=\"%.1f\" r=\"3\" fill=\"#4477aa\"/>",
                    x, y));
            text(svg, x, (int) y - 8, "middle", points.get(i).shown());
            text(svg, x, HEIGHT + 36, "middle", points.get(i).name());
        }
        return svg.append("<polyline fill=\"none\" stroke=\"#4477aa\" stroke-width=\"2\" points=\"")
                .append(path)
                .append("\"/></svg>").toString();
    }

    /// Bars by size, and the line of what they come to together.
    static String pareto(String title, Pareto pareto) {
        int count = Math.max(1, pareto.bars().size());
        int step = (WIDTH - 80) / count;
        int max = pareto.bars().stream().mapToInt(Pareto.Bar::count).max().orElse(0);
        StringBuilder svg = begin(title, HEIGHT + 60);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < pareto.bars().size(); i++) {
            Pareto.Bar bar = pareto.bars().get(i);
            int x = 40 + i * step;
            double height = max == 0 ? 0 : (double) bar.count() / max * (HEIGHT - 20);
            svg.append(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"#4477aa\"/>", x,
                    20 + HEIGHT - height, Math.max(2, step - 4), height));
            text(svg, x + step / 2, (int) (16 + HEIGHT - height), "middle", Integer.toString(bar.count()));
            text(svg, x + step / 2, HEIGHT + (i % 2 == 0 ? 36 : 50), "middle", shortened(bar.name()));
            path.append(String.format(Locale.ROOT, "%s%d,%.1f", i == 0 ? "" : " ", x + step / 2,
                    20 + HEIGHT - bar.cumulative() * (HEIGHT - 20)));
        }
        return svg.append("<polyline fill=\"none\" stroke=\"#aa3377\" stroke-width=\"2\" points=\"")
                .append(path)
                .append("\"/></svg>").toString();
    }

    private static StringBuilder begin(String title, int height) {
        return new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-size=\"11\""
                        + " font-family=\"sans-serif\"><title>%s</title>",
                WIDTH, height, Html.escape(title)));
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\" text-anchor=\"")
                .append(anchor)
                .append("\">").append(Html.escape(text)).append("</text>");
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LABEL_CHARS_MAX
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LABEL_CHARS_MAX - 1)) + "…";
    }
}
