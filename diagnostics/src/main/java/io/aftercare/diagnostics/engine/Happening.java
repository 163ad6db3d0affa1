package io.aftercare.diagnostics.engine;

/// What a device reported beside its samples and rules look at.
public sealed interface Happening {
    /// Event time, microseconds.
    long micros();

    /// A device event.
    ///
    /// @param requested whether somebody asked for what it tells of
    record Event(long micros, String code, boolean requested) implements Happening {}

    /// A text attribute's new text.
    record Text(long micros, String name, String text) implements Happening {}
}
