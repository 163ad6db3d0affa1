package io.aftercare.diagnostics.expression;

/// A compiled condition over a [Frame]. Immutable, so threads may share it; allocates nothing.
///
/// Three-valued: what rests on a value that the device never sent is [#UNKNOWN], unless the other side of an `&&` or `||`
/// settles it alone (Kleene's logic, which is also CEL's).
public abstract class Condition {
    public static final int FALSE = 0;
    public static final int TRUE = 1;
    public static final int UNKNOWN = -1;

    /// [#FALSE], [#TRUE] or [#UNKNOWN].
    public abstract int of(Frame frame);
}
