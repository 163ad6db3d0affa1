package io.aftercare.simulator.device;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines a device has written to itself, for `get_logs`. Thread-safe; holds [#LINES_MAX] lines.
final class DeviceLog {
    static final int LINES_MAX = 200;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(Instant at, String line) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast(at + " " + line);
    }

    synchronized List<String> last(int count) {
        return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
    }
}
