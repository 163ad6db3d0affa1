package io.aftercare.remote.shell;

/// Somebody who looks on at a session. Called with the session's lock held: it must not block.
interface Watcher {
    /// What the terminal shows; also once at the beginning, with the end of what it has shown.
    ///
    /// @return false where it cannot keep up, or has gone: it is told nothing more
    boolean output(byte[] bytes);

    /// The session is over, or the watcher was too slow.
    void closed(String reason);
}
