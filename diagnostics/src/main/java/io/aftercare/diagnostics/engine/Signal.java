package io.aftercare.diagnostics.engine;

/// What a sample did to a rule's standing with a device, as far as anybody outside should know.
public enum Signal {
    NONE,
    /// The fault opens.
    RAISED,
    /// The condition came back before the fault had ended.
    RAISED_AGAIN,
    /// The fault ends.
    CLEARED
}
