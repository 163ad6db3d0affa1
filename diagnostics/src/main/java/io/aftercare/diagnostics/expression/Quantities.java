package io.aftercare.diagnostics.expression;

import static io.aftercare.diagnostics.expression.Condition.TRUE;

/// The nodes of a number. NaN, which stands for unknown, passes through arithmetic by itself.
final class Quantities {
    private static final double MICROS_PER_DAY = 86_400e6;

    private Quantities() {}

    static Quantity constant(double value) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return value;
            }
        };
    }

    static Quantity slot(int slot) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return frame.slots[slot];
            }
        };
    }

    /// A function over time.
    static Quantity reading(int reading) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return frame.reading(reading);
            }
        };
    }

    /// By how many deviations a device's own value lies above its cohort's mean.
    static Quantity standing(int own, int mean, int deviation) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return (frame.slot(own) - frame.slots[mean]) / frame.slots[deviation];
            }
        };
    }

    static Quantity sum(Quantity left, Quantity right) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return left.of(frame) + right.of(frame);
            }
        };
    }

    static Quantity difference(Quantity left, Quantity right) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return left.of(frame) - right.of(frame);
            }
        };
    }

    static Quantity product(Quantity left, Quantity right) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return left.of(frame) * right.of(frame);
            }
        };
    }

    static Quantity quotient(Quantity left, Quantity right) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return left.of(frame) / right.of(frame);
            }
        };
    }

    static Quantity negative(Quantity inner) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return -inner.of(frame);
            }
        };
    }

    static Quantity absolute(Quantity inner) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return Math.abs(inner.of(frame));
            }
        };
    }

    static Quantity choose(Condition test, Quantity then, Quantity otherwise) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                int which = test.of(frame);
                return which < 0 ? Double.NaN : which == TRUE ? then.of(frame) : otherwise.of(frame);
            }
        };
    }

    /// Whole days between a slot that holds a birth and the one that holds now, both in microseconds.
    static Quantity age(int now, int birth) {
        return new Quantity() {
            @Override
            public double of(Frame frame) {
                return Math.floor((frame.slots[now] - frame.slots[birth]) / MICROS_PER_DAY);
            }
        };
    }
}
