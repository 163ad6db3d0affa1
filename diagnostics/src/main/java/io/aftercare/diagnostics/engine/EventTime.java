package io.aftercare.diagnostics.engine;

/// Which of a device's own times are believed.
///
/// @param lateMicros  how late a sample or event may come and still go into the windows it belongs to
/// @param aheadMicros how far a device's clock may be ahead of the server's. What is farther ahead counts as of its arrival:
///                    one stamp from tomorrow must not make a day of samples late
public record EventTime(long lateMicros, long aheadMicros) {
    /// Ten minutes late, five ahead.
    public static final EventTime DEFAULT = new EventTime(600_000_000L, 300_000_000L);

    boolean isAhead(long own, long arrived) {
        return own > arrived + aheadMicros;
    }
}
