package io.aftercare.diagnostics.expression;

import static io.aftercare.diagnostics.expression.Condition.FALSE;
import static io.aftercare.diagnostics.expression.Condition.TRUE;
import static io.aftercare.diagnostics.expression.Condition.UNKNOWN;

/// The nodes of a condition, but for comparisons ([Comparison]).
final class Conditions {
    private Conditions() {}

    static Condition constant(boolean value) {
        int answer = value ? TRUE : FALSE;
        return new Condition() {
            @Override
            public int of(Frame frame) {
                return answer;
            }
        };
    }

    /// A slot that holds 1, 0 or NaN.
    static Condition slot(int slot) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                double value = frame.slots[slot];
                return value == 1 ? TRUE : value == 0 ? FALSE : UNKNOWN;
            }
        };
    }

    /// A function over time that is true or false.
    static Condition reading(int reading) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                double value = frame.reading(reading);
                return value == 1 ? TRUE : value == 0 ? FALSE : UNKNOWN;
            }
        };
    }

    /// Whether the device or a metric has been silent.
    static Condition silence(int presence) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                double value = frame.silence(presence);
                return value == 1 ? TRUE : value == 0 ? FALSE : UNKNOWN;
            }
        };
    }

    static Condition not(Condition inner) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                int value = inner.of(frame);
                return value < 0 ? UNKNOWN : 1 - value;
            }
        };
    }

    static Condition and(Condition left, Condition right) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                int first = left.of(frame);
                if (first == FALSE) {
                    return FALSE;
                }
                int second = right.of(frame);
                return second == FALSE ? FALSE : Math.min(first, second);
            }
        };
    }

    static Condition or(Condition left, Condition right) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                int first = left.of(frame);
                if (first == TRUE) {
                    return TRUE;
                }
                int second = right.of(frame);
                return second == TRUE ? TRUE : Math.min(first, second);
            }
        };
    }

    static Condition choose(Condition test, Condition then, Condition otherwise) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                int which = test.of(frame);
                return which < 0 ? UNKNOWN : which == TRUE ? then.of(frame) : otherwise.of(frame);
            }
        };
    }

    /// Whether two conditions are both true or both false.
    static Condition same(Condition left, Condition right) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                int a = left.of(frame);
                int b = right.of(frame);
                return a < 0 || b < 0 ? UNKNOWN : a == b ? TRUE : FALSE;
            }
        };
    }

    static Condition oneOf(Quantity value, double[] list) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                double wanted = value.of(frame);
                for (double candidate : list) {
                    if (candidate == wanted) {
                        return TRUE;
                    }
                }
                return Double.isNaN(wanted) ? UNKNOWN : FALSE;
            }
        };
    }
}
