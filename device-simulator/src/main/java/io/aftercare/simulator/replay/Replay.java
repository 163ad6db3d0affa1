package io.aftercare.simulator.replay;

import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.replay.Recording.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Plays a recording into a link, line by line, never whole in memory. Bad lines are told by their number and skipped.
final class Replay {
    private static final int WAITING_MAX = 5_000;

    private final Link link;
    private final double speed;
    private final boolean shiftToNow;
    private final InstantSource clock;
    private final Consumer<String> badLine;
    private long rows;
    private long badLines;

    /// Sets a replay up.
    ///
    /// @param speed 1 as it was recorded, 10 ten times as fast, 0 as fast as it goes
    /// @param shiftToNow samples carry the moment they are sent (with speed 0: the last one carries now)
    Replay(Link link, double speed, boolean shiftToNow, InstantSource clock, Consumer<String> badLine) {
        this.link = link;
        this.speed = speed;
        this.shiftToNow = shiftToNow;
        this.clock = clock;
        this.badLine = badLine;
    }

    long rows() {
        return rows;
    }

    long badLines() {
        return badLines;
    }

    void play(Path file) throws IOException, InterruptedException {
        long last = shiftToNow && speed == 0 ? lastTime(file) : 0;
        long start = clock.millis();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Recording recording = header(file, reader);
            long first = Long.MIN_VALUE;
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    Row row = recording.row(line);
                    first = first == Long.MIN_VALUE ? row.ts() : first;
                    long due = speed == 0 ? start : start + (long) ((row.ts() - first) / speed);
                    awaitTurn(due);
                    link.telemetry(shifted(row.ts(), due, start - last), row.values());
                    rows++;
                } catch (IllegalArgumentException e) {
                    badLines++;
                    badLine.accept(file + ", line " + number + " skipped: " + e.getMessage());
                }
            }
        }
    }

    private long shifted(long ts, long due, long offset) {
        if (!shiftToNow) {
            return ts;
        }
        return speed == 0 ? ts + offset : due;
    }

    private void awaitTurn(long due) throws InterruptedException {
        long left = due - clock.millis();
        if (left > 0) {
            TimeUnit.MILLISECONDS.sleep(left);
        }
        while (link.waiting() > WAITING_MAX) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /// Waits until everything is acknowledged.
    boolean drain(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (link.waiting() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return link.waiting() == 0;
    }

    static Recording header(Path file, BufferedReader reader) throws IOException {
        String header = reader.readLine();
        if (header == null) {
            throw new IllegalArgumentException(file + " is empty: its first line must be a header");
        }
        return Recording.of(header);
    }

    private static long lastTime(Path file) throws IOException {
        long last = Long.MIN_VALUE;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Recording recording = header(file, reader);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = Math.max(last, timeOf(recording, line));
            }
        }
        return last == Long.MIN_VALUE ? 0 : last;
    }

    private static long timeOf(Recording recording, String line) {
        try {
            return line.isBlank() ? Long.MIN_VALUE : recording.row(line).ts();
        } catch (IllegalArgumentException e) {
            return Long.MIN_VALUE; // told when it is played
        }
    }
}
