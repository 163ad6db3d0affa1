package io.aftercare.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the blocking work of one connection, one piece after the other, on a virtual thread that lives while there is
/// some. Bounded by its user: [#add] says when reading should stop. Thread-safe.
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int FULL = 32;
    private static final int ROOM = 8;

    private final Executor threads;
    private final Runnable roomAgain;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    /// From the moment at which there was no room to the one at which it was told that there is; written with the monitor.
    private volatile boolean full;

    /// @param roomAgain called after [#add] said "full", when there is room
    Mailbox(Executor virtualThreads, Runnable roomAgain) {
        this.threads = virtualThreads;
        this.roomAgain = roomAgain;
    }

    /// @return false where nothing more should be added until there is room again; the piece is taken all the same
    boolean add(Runnable piece) {
        boolean start;
        boolean room;
        synchronized (waiting) {
            waiting.add(piece);
            start = !running;
            running = true;
            full |= waiting.size() >= FULL; // whoever was stopped waits to be told
            room = !full;
        }
        if (start) {
            threads.execute(this::run);
        }
        return room;
    }

    /// Whether nothing more should be added until there is room again.
    boolean isFull() {
        return full;
    }

    /// Whether nothing is waiting or being done.
    boolean isIdle() {
        synchronized (waiting) {
            return !running;
        }
    }

    private void run() {
        while (true) {
            Runnable piece;
            boolean tell;
            synchronized (waiting) {
                Runnable next = waiting.poll();
                tell = full && waiting.size() <= ROOM;
                if (tell) {
                    full = false;
                }
                if (next == null) {
                    running = false;
                    return;
                }
                piece = next;
            }
            if (tell) {
                roomAgain.run();
            }
            try {
                piece.run();
            } catch (RuntimeException e) {
                LOG.error("A piece of a device's work was given up", e);
            }
        }
    }
}
