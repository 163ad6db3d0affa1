package io.aftercare.simulator.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells the story on the terminal, each line with the time since the beginning, and remembers its milestones.
final class Narrator {
    private final PrintWriter out;
    private final long startNanos = System.nanoTime();
    private final List<Milestone> milestones = new ArrayList<>();

    private String last = "";

    private record Milestone(String name, String detail, double seconds) {}

    Narrator(PrintWriter out) {
        this.out = out;
    }

    double elapsedSeconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    void say(String line) {
        last = line;
        out.println(String.format(Locale.ROOT, "%7.1f s  %s", elapsedSeconds(), line));
        out.flush();
    }

    /// What was said last.
    String last() {
        return last;
    }

    /// Says a line and keeps it for the summary.
    void milestone(String name, String detail) {
        milestones.add(new Milestone(name, detail, elapsedSeconds()));
        say(name + ": " + detail);
    }

    /// The closing table: each milestone with its time, and with the time since the one before.
    void summary(String heading) {
        out.println();
        out.println("  " + heading);
        out.println("  " + "-".repeat(76));
        double before = milestones.isEmpty() ? 0 : milestones.getFirst().seconds;
        for (Milestone each : milestones) {
            out.println(String.format(Locale.ROOT, "  %-12s %-42s %7.1f s  %+7.1f s", each.name,
                    each.detail.length() > 42 ? each.detail.substring(0, 41) + "…" : each.detail,
                    each.seconds,
                    each.seconds - before));
            before = each.seconds;
        }
        out.println("  " + "-".repeat(76));
        out.flush();
    }

    void plain(String line) {
        out.println(line);
        out.flush();
    }
}
