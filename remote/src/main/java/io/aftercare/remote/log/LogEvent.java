package io.aftercare.remote.log;

/// What happens to a log that was asked for.
enum LogEvent {
    /// The device sent it.
    RECEIVE,
    /// It was redacted and can be read.
    READ,
    /// It did not come, or cannot be read.
    FAIL,
    /// Its content is destroyed.
    PURGE
}
