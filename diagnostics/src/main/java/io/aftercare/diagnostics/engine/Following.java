package io.aftercare.diagnostics.engine;

/// Whether what comes now is from the store.
enum Following {
    /// It is not.
    NOTHING,
    /// It goes on exactly where a snapshot ended; rules that ask for silence stand as the snapshot says.
    SNAPSHOT,
    /// It leads to standings that the database knows in part.
    FAULTS
}
