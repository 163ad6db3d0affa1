package io.aftercare.simulator.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines a device has written to itself, for `get_logs`. Thread-safe; holds [#LINES_MAX] lines of at most
/// [#CHARS_MAX] characters.
public final class DeviceLog {
    static final int LINES_MAX = 600;
    static final int CHARS_MAX = 500;

    private final Deque<Line> lines = new ArrayDeque<>();

    /// A line; its text has no line break.
    record Line(Instant at, Level level, String text) {
        /// As the protocol writes it: time, level, text.
        @Override
        public String toString() {
            return at + " " + level + " " + text;
        }
    }

    public synchronized void add(Instant at, Level level, String text) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        String plain = text.replaceAll("\\R", " ");
        lines.addLast(new Line(at.truncatedTo(ChronoUnit.MILLIS), level,
                plain.substring(0, Math.min(CHARS_MAX, plain.length()))));
    }

    /// Forgets everything.
    public synchronized void clear() {
        lines.clear();
    }

    /// What was asked for, the oldest first.
    synchronized List<Line> select(LogQuery query) {
        return query.of(List.copyOf(lines));
    }

    /// The newest lines as text, for a terminal.
    public String newest(int count) {
        StringBuilder text = new StringBuilder();
        select(LogQuery.newest(count)).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
