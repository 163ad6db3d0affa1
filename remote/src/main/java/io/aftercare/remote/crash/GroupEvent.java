package io.aftercare.remote.crash;

/// What happens to a group of crashes.
enum GroupEvent {
    ASSIGN,
    UNASSIGN,
    /// Somebody says in which firmware it is mended.
    RESOLVE,
    /// Somebody says that it is not mended.
    REOPEN,
    /// It came in a firmware that was said to be without it.
    SEEN_AGAIN
}
