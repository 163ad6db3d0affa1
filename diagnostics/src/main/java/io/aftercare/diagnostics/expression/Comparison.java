package io.aftercare.diagnostics.expression;

import static io.aftercare.diagnostics.expression.Condition.FALSE;
import static io.aftercare.diagnostics.expression.Condition.TRUE;
import static io.aftercare.diagnostics.expression.Condition.UNKNOWN;

/// How two numbers are compared. A slot against a constant, which is what most rules say, has nodes of its own: one virtual
/// call where the general form needs three.
enum Comparison {
    LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL;

    /// The same with the sides exchanged.
    Comparison mirrored() {
        return switch (this) {
            case LESS -> GREATER;
            case LESS_EQUAL -> GREATER_EQUAL;
            case GREATER -> LESS;
            case GREATER_EQUAL -> LESS_EQUAL;
            case EQUAL, NOT_EQUAL -> this;
        };
    }

    private boolean holds(double left, double right) {
        return switch (this) {
            case LESS -> left < right;
            case LESS_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_EQUAL -> left >= right;
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
        };
    }

    Condition of(Quantity left, Quantity right) {
        Comparison how = this;
        return new Condition() {
            @Override
            public int of(Frame frame) {
                double a = left.of(frame);
                double b = right.of(frame);
                if (Double.isNaN(a) || Double.isNaN(b)) {
                    return UNKNOWN;
                }
                return how.holds(a, b) ? TRUE : FALSE;
            }
        };
    }

    Condition slotWith(int slot, double constant) {
        return switch (this) {
            case LESS -> new Condition() {
                @Override
                public int of(Frame frame) {
                    double value = frame.slots[slot];
                    return value < constant ? TRUE : Double.isNaN(value) ? UNKNOWN : FALSE;
                }
            };
            case LESS_EQUAL -> new Condition() {
                @Override
                public int of(Frame frame) {
                    double value = frame.slots[slot];
                    return value <= constant ? TRUE : Double.isNaN(value) ? UNKNOWN : FALSE;
                }
            };
            case GREATER -> new Condition() {
                @Override
                public int of(Frame frame) {
                    double value = frame.slots[slot];
                    return value > constant ? TRUE : Double.isNaN(value) ? UNKNOWN : FALSE;
                }
            };
            case GREATER_EQUAL -> new Condition() {
                @Override
                public int of(Frame frame) {
                    double value = frame.slots[slot];
                    return value >= constant ? TRUE : Double.isNaN(value) ? UNKNOWN : FALSE;
                }
            };
            case EQUAL -> new Condition() {
                @Override
                public int of(Frame frame) {
                    double value = frame.slots[slot];
                    return value == constant ? TRUE : Double.isNaN(value) ? UNKNOWN : FALSE;
                }
            };
            case NOT_EQUAL -> new Condition() {
                @Override
                public int of(Frame frame) {
                    double value = frame.slots[slot];
                    return value == constant ? FALSE : Double.isNaN(value) ? UNKNOWN : TRUE;
                }
            };
        };
    }
}
