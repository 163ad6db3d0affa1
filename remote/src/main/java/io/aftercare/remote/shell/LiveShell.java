package io.aftercare.remote.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/// An open session in memory: what has been counted, and who looks on. What goes through it is recorded before anybody sees it
/// and before the device gets it. Each call holds the lock for as long as the database takes; thread-safe.
final class LiveShell {
    private static final int TAIL_BYTES_MAX = 64 << 10;
    private static final String CLOSED = "closed";

    private final String id;
    private final String device;
    private final String owner;
    private final ShellLimits limits;
    private final Instant until;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Deque<byte[]> tail = new ArrayDeque<>();
    private int tailBytes;
    private int number;
    private byte[] head;
    private long outputSeq;
    private long inputSeq;
    private Allowance output;
    private Allowance input;
    private Instant lastInput;
    private boolean isOver;

    /// Keeps a piece.
    @FunctionalInterface
    interface Keep {
        /// @return whether it is committed; false where the session is not open any more
        boolean keep(Piece piece);
    }

    /// The way to the device.
    @FunctionalInterface
    interface Wire {
        /// @return whether the device is there
        boolean send(byte[] payload);
    }

    /// What came of a message.
    sealed interface Outcome {
        /// @param bytes of the terminal
        record Taken(int bytes) implements Outcome {}

        /// Nobody sees it.
        record Dropped(String why) implements Outcome {}

        /// It ends the session.
        record Ends(ShellEvent event, String note) implements Outcome {}
    }

    LiveShell(Shell shell, Instant opened, Instant until, ShellLimits limits) {
        this.id = shell.id();
        this.device = shell.device();
        this.owner = shell.requestedBy();
        this.limits = limits;
        this.until = until;
        this.head = Piece.first(shell.id());
        this.output = Allowance.full(limits.outputBytesMax(), limits.outputBurstBytes(),
                limits.outputBytesPerSecond(), opened);
        this.input = Allowance.full(limits.inputBytesMax(), limits.inputBytesMax(), 0, opened);
        this.lastInput = opened;
    }

    String id() {
        return id;
    }

    String device() {
        return device;
    }

    String owner() {
        return owner;
    }

    /// Held while the session is closed in the database, so that nothing is recorded after its last hash was taken.
    ReentrantLock lock() {
        return lock;
    }

    /// Takes what the device sent.
    Outcome output(Frame frame, Instant now, Keep keep) {
        lock.lock();
        try {
            if (isOver) {
                return new Outcome.Dropped(CLOSED);
            }
            return switch (frame) {
                case Frame.Close close -> new Outcome.Ends(ShellEvent.EXIT, close.why());
                case Frame.Data data when data.seq() <= outputSeq -> new Outcome.Dropped("repeated");
                case Frame.Data data -> show(data, now, keep);
            };
        } finally {
            lock.unlock();
        }
    }

    private Outcome show(Frame.Data data, Instant now, Keep keep) {
        long lost = data.seq() - outputSeq - 1;
        int cost = data.bytes().length + (lost > 0 ? ShellLimits.MESSAGE_BYTES : 0);
        Optional<Allowance> left = output.take(cost, now);
        if (left.isEmpty()) {
            return new Outcome.Ends(ShellEvent.LIMIT, "output");
        }
        if (lost > 0 && !record(Piece.Kind.MARKER, utf8(lost + " messages of the device lost"), now, keep)
                || !record(Piece.Kind.OUTPUT, data.bytes(), now, keep)) {
            return new Outcome.Dropped(CLOSED);
        }
        outputSeq = data.seq();
        output = left.get();
        remember(data.bytes());
        watchers.removeIf(watcher -> !watcher.output(data.bytes()));
        return new Outcome.Taken(data.bytes().length);
    }

    /// Hands keys to the device, a message's worth at a time.
    Outcome input(byte[] bytes, Instant now, Keep keep, Wire wire) {
        lock.lock();
        try {
            for (int at = 0; at < bytes.length; at += Frame.INPUT_BYTES_MAX) {
                byte[] part = Arrays.copyOfRange(bytes, at,
                        Math.min(bytes.length, at + Frame.INPUT_BYTES_MAX));
                Outcome outcome = send(Piece.Kind.INPUT, part, Frame.input(inputSeq + 1, part), now, keep,
                        wire);
                if (!(outcome instanceof Outcome.Taken)) {
                    return outcome;
                }
            }
            return new Outcome.Taken(bytes.length);
        } finally {
            lock.unlock();
        }
    }

    Outcome resize(Size size, Instant now, Keep keep, Wire wire) {
        lock.lock();
        try {
            return send(Piece.Kind.RESIZE, utf8(size.text()), Frame.resize(inputSeq + 1, size), now, keep,
                    wire);
        } finally {
            lock.unlock();
        }
    }

    private Outcome send(Piece.Kind kind, byte[] data, byte[] payload, Instant now, Keep keep, Wire wire) {
        if (isOver) {
            return new Outcome.Dropped(CLOSED);
        }
        Optional<Allowance> left = input.take(data.length, now);
        if (left.isEmpty()) {
            return new Outcome.Ends(ShellEvent.LIMIT, "input");
        }
        if (!record(kind, data, now, keep)) {
            return new Outcome.Dropped(CLOSED);
        }
        input = left.get();
        inputSeq++;
        lastInput = now;
        return wire.send(payload)
                ? new Outcome.Taken(data.length)
                : new Outcome.Ends(ShellEvent.GONE, "the device takes nothing");
    }

    private boolean record(Piece.Kind kind, byte[] data, Instant now, Keep keep) {
        Piece piece = Piece.after(head, number + 1, now.truncatedTo(ChronoUnit.MICROS), kind, data);
        if (!keep.keep(piece)) {
            return false;
        }
        number = piece.number();
        head = piece.hash();
        return true;
    }

    private void remember(byte[] bytes) {
        tail.addLast(bytes);
        tailBytes += bytes.length;
        while (tailBytes > TAIL_BYTES_MAX) {
            tailBytes -= tail.removeFirst().length;
        }
    }

    /// What ends it by itself now.
    Optional<ShellEvent> due(Instant now) {
        lock.lock();
        try {
            return new TimeBox(until, lastInput, limits.idleMax()).due(now);
        } finally {
            lock.unlock();
        }
    }

    /// Lets somebody look on, from the end of what was shown so far.
    ///
    /// @return why not, empty where the watcher is in
    Optional<String> attach(Watcher watcher) {
        lock.lock();
        try {
            if (isOver) {
                return Optional.of("The session is closed");
            }
            if (watchers.size() >= limits.watchersMax()) {
                return Optional.of("At most " + limits.watchersMax() + " people look on at a session");
            }
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            tail.forEach(shown::writeBytes);
            if (watcher.output(shown.toByteArray())) {
                watchers.add(watcher);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void detach(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /// Nothing goes through any more: first the device hears of it, then who looks on.
    ///
    /// @param tellDevice gets the number of the message that tells it
    void end(String reason, LongConsumer tellDevice) {
        lock.lock();
        try {
            isOver = true;
            tellDevice.accept(++inputSeq);
            watchers.forEach(watcher -> watcher.closed(reason));
            watchers.clear();
        } finally {
            lock.unlock();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
