package io.aftercare.diagnostics.engine;

import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// Moments at which somebody wants to be asked again, in a hashed wheel (Varghese and Lauck, 1987): setting one costs the same
/// however many there are, and passing time looks at one slot a quarter of a second. A moment farther away than a turn stays
/// in its slot for some turns. One thread at a time; 32 bytes a timer.
final class TimerWheel<T> {
    /// Times are told this much late at most, when the wheel is asked in time: 2^18 µs, 0.26 s.
    static final int TICK_BITS = 18;
    private static final int SLOTS = 1 << 12;
    private static final int MASK = SLOTS - 1;

    private final @Nullable Timer<T>[] slots = slots();
    private long cursor = Long.MIN_VALUE;
    private long next = Long.MAX_VALUE;
    private int size;

    private record Timer<T>(T whose, long micros, @Nullable Timer<T> after) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made
    private static <T> @Nullable Timer<T>[] slots() {
        return new Timer[SLOTS];
    }

    private static long tick(long micros) {
        return micros >> TICK_BITS;
    }

    int size() {
        return size;
    }

    /// Adds a moment; what is past already comes with the next [#expire].
    void add(T whose, long micros) {
        long tick = Math.max(tick(micros), cursor);
        int slot = (int) (tick & MASK);
        slots[slot] = new Timer<>(whose, micros, slots[slot]);
        next = Math.min(next, micros);
        size++;
    }

    /// No moment is earlier than this; [Long#MAX_VALUE] where there is none.
    long next() {
        return next;
    }

    /// Tells the moments up to `now` with whom they belong to, in no particular order; what is added meanwhile comes the next time.
    void expire(long now, ObjLongConsumer<T> whenDue) {
        if (now < next) {
            return;
        }
        long last = tick(now);
        long first = Math.max(cursor, last - MASK); // a turn holds them all
        cursor = last;
        next = Long.MAX_VALUE;
        for (long tick = first; tick <= last; tick++) {
            int slot = (int) (tick & MASK);
            Timer<T> timer = slots[slot];
            slots[slot] = null;
            while (timer != null) {
                if (timer.micros <= now) {
                    size--;
                    whenDue.accept(timer.whose, timer.micros);
                } else {
                    slots[slot] = new Timer<>(timer.whose, timer.micros, slots[slot]);
                }
                timer = timer.after;
            }
        }
        next = Math.min(next, earliest());
    }

    // The first that is due in this turn; otherwise the turn's end, when it is time to look again.
    private long earliest() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        for (long tick = cursor; tick <= cursor + MASK; tick++) {
            long earliest = Long.MAX_VALUE;
            for (Timer<T> timer = slots[(int) (tick & MASK)]; timer != null; timer = timer.after) {
                if (tick(timer.micros) <= tick) {
                    earliest = Math.min(earliest, timer.micros);
                }
            }
            if (earliest != Long.MAX_VALUE) {
                return earliest;
            }
        }
        return cursor + MASK << TICK_BITS;
    }
}
