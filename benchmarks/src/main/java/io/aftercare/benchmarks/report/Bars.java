package io.aftercare.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// A bar chart of plain text, as a block of Markdown. Not thread-safe.
public final class Bars {
    private static final int WIDTH_MAX = 60;

    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String name, double value) {}

    public Bars bar(String name, double value) {
        bars.add(new Bar(name, value));
        return this;
    }

    /// The longest bar fills the width; the others are as long as their values say.
    public String text() {
        int names = bars.stream().mapToInt(bar -> bar.name().length()).max().orElse(0);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        StringBuilder text = new StringBuilder("```\n");
        for (Bar bar : bars) {
            int width = most <= 0 ? 0 : (int) Math.round(bar.value() / most * WIDTH_MAX);
            text.append(" ".repeat(names - bar.name().length())).append(bar.name()).append(" |")
                    .append("█".repeat(width)).append(' ').append(Table.number(bar.value())).append('\n');
        }
        return text.append("```\n").toString();
    }
}
