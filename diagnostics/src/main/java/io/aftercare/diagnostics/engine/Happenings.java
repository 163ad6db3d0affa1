package io.aftercare.diagnostics.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/// Stored happenings that are told between the samples, in the order of their own time. Used once; not thread-safe.
public final class Happenings {
    private final Queue<Happening> waiting;
    private final Consumer<Happening> teller;

    /// @param inOrder by event time
    public Happenings(List<Happening> inOrder, Consumer<Happening> teller) {
        this.waiting = new ArrayDeque<>(inOrder);
        this.teller = teller;
    }

    /// Gives out, untold, the texts that the device had before a moment.
    public void before(long micros, Consumer<Happening.Text> first) {
        for (Happening next = waiting.peek(); next instanceof Happening.Text text
                && text.micros() < micros; next = waiting.peek()) {
            waiting.remove();
            first.accept(text);
        }
    }

    /// Tells what happened up to and at a moment.
    public void until(long micros) {
        for (Happening next = waiting.peek(); next != null
                && next.micros() <= micros; next = waiting.peek()) {
            waiting.remove();
            teller.accept(next);
        }
    }
}
