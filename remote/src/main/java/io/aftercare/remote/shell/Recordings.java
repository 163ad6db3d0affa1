package io.aftercare.remote.shell;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.remote.RemoteGround;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What was recorded: read as asciicast, checked, deleted with its case. Who reads is audited. Thread-safe; calls block.
final class Recordings {
    /// A recording is in memory while it is written: some tens of megabytes at the worst.
    private static final int READERS_MAX = 4;
    private static final Duration KEPT_MAX = Duration.ofDays(180);
    private static final int PURGED_AT_ONCE_MAX = 20;

    private final RemoteGround ground;
    private final Database database;
    private final Semaphore readers = new Semaphore(READERS_MAX);

    Recordings(RemoteGround ground) {
        this.ground = ground;
        this.database = ground.database();
    }

    /// Whether what is there is what was written.
    ///
    /// @param hash of the last piece that is right
    /// @param why  what is wrong
    record Verdict(boolean intact, int pieces, String hash, @Nullable String why) {}

    /// The recording as far as it goes, while the session is open too.
    String cast(Principal who, Shell shell) {
        refusePurged(shell);
        if (!readers.tryAcquire()) {
            throw Problem.of(503, "Busy", "Others are reading recordings; try again in a moment");
        }
        try {
            return database.inTransaction(handle -> {
                Cast cast = new Cast(shell);
                try (Stream<Piece> pieces = PieceSql.read(handle, shell.id())) {
                    pieces.forEach(cast::add);
                }
                ShellAudit.append(handle, who, "shell.read", shell, Json.object());
                return cast.end();
            });
        } finally {
            readers.release();
        }
    }

    /// Notes that somebody looks on at an open session.
    void watched(Principal who, Shell shell) {
        database.useTransaction(
                handle -> ShellAudit.append(handle, who, "shell.watch", shell, Json.object()));
    }

    /// Walks the recording's hashes.
    Verdict verify(Shell shell) {
        refusePurged(shell);
        return database.inTransaction(handle -> {
            byte[] head = Piece.first(shell.id());
            int number = 0;
            try (Stream<Piece> pieces = PieceSql.read(handle, shell.id())) {
                for (Iterator<Piece> each = pieces.iterator(); each.hasNext();) {
                    Piece piece = each.next();
                    if (!piece.follows(head, number)) {
                        return new Verdict(false, number, hex(head), "piece " + piece.number()
                                + " does not follow the one before it: it was changed, or one was removed, added or moved");
                    }
                    number = piece.number();
                    head = piece.hash();
                }
            }
            return atEnd(shell, number, hex(head));
        });
    }

    private static Verdict atEnd(Shell shell, int number, String hash) {
        if (shell.isOver() && !hash.equals(shell.recording().hash())) {
            return new Verdict(false, number, hash,
                    "the end is not the one that the session was closed with: pieces are missing");
        }
        return new Verdict(true, number, hash, null);
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static void refusePurged(Shell shell) {
        if (shell.recording().purgedAt() != null) {
            throw Problem.of(410, "Gone", "The recording of " + shell.id() + " was deleted at "
                    + shell.recording().purgedAt() + ", with what was collected for its case");
        }
    }

    /// Deletes what was recorded for a case, in the caller's transaction; that there were sessions, who had them and why, stays.
    ///
    /// @param names of the case: people write its id or its number
    /// @return how many recordings went
    int purge(Handle handle, Set<String> names) {
        return gone(handle, PieceSql.purge(handle, names, ground.now()), "the case is over");
    }

    /// Deletes recordings that nobody's case has kept or deleted until now, a few at a time.
    ///
    /// @return whether there may be more
    boolean purgeOld() {
        Instant now = ground.now();
        return database.inTransaction(handle -> gone(handle,
                PieceSql.purge(handle, now.minus(KEPT_MAX), PURGED_AT_ONCE_MAX, now),
                "kept for " + KEPT_MAX.toDays() + " days")) == PURGED_AT_ONCE_MAX;
    }

    private static int gone(Handle handle, List<String> gone, String why) {
        for (String id : gone) {
            ShellAudit.append(handle, Principal.SYSTEM, "shell.purge",
                    ShellSql.find(handle, id, false).orElseThrow(), Json.object().put("why", why));
        }
        return gone.size();
    }
}
