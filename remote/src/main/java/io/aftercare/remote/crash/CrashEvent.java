package io.aftercare.remote.crash;

/// What moves a crash on.
enum CrashEvent {
    /// More is known: a dump came, symbols came or went, or somebody asks for it.
    NEWS,
    /// All of its stack has been looked up.
    NAMED,
    /// Some of its stack has no symbols here.
    UNNAMED,
    /// It has no stack, or no module with a build id in it.
    NOTHING,
    /// There is no program here that looks names up.
    NO_PROGRAM,
    /// Looking up failed, and is tried again.
    BREAK,
    /// Looking up failed too often.
    GIVE_UP
}
