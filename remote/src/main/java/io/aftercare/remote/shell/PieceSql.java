package io.aftercare.remote.shell;

import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// The pieces of recordings in the database.
final class PieceSql {
    private static final int FETCH_ROWS = 500;

    private PieceSql() {}

    /// Adds a piece to a session that is open. The session's row stays as it is to the commit, so that nothing comes behind the
    /// last piece that its closing saw.
    ///
    /// @return false where it is not open any more
    static boolean insert(Handle handle, String session, Piece piece) {
        return handle.createUpdate("""
                INSERT INTO remote.shell_piece (shell, number, at, kind, data, hash)
                SELECT id, :number, :at, :kind, :data, :hash FROM remote.shell
                WHERE id = :shell AND state = 'open' FOR SHARE""").bind("shell", session)
                .bind("number", piece.number()).bind("at", piece.at()).bind("kind", piece.kind().code())
                .bind("data", piece.data()).bind("hash", piece.hash()).execute() == 1;
    }

    /// All pieces of a session in order; within a transaction, so that they come a few at a time. Close it.
    static Stream<Piece> read(Handle handle, String session) {
        return handle.createQuery("""
                SELECT number, at, kind, data, hash FROM remote.shell_piece WHERE shell = :shell
                ORDER BY number""").bind("shell", session).setFetchSize(FETCH_ROWS)
                .map((row, _) -> new Piece(row.getInt("number"), Columns.time(row, "at"),
                        Piece.Kind.of(row.getString("kind")), row.getBytes("data"), row.getBytes("hash")))
                .stream();
    }

    /// What there is of a session now.
    static Shell.Recorded recorded(Handle handle, String session) {
        return handle
                .createQuery(
                        """
                                SELECT count(*) AS pieces, coalesce(sum(octet_length(data)), 0) AS bytes,
                                    (SELECT hash FROM remote.shell_piece WHERE shell = :shell ORDER BY number DESC LIMIT 1) AS hash
                                FROM remote.shell_piece WHERE shell = :shell""")
                .bind("shell", session)
                .map((row, _) -> new Shell.Recorded(row.getInt("pieces"), row.getLong("bytes"),
                        HexFormat.of().formatHex(
                                row.getBytes("hash") == null ? Piece.first(session) : row.getBytes("hash")),
                        null))
                .one();
    }

    /// Deletes what was recorded for a case that is over; the sessions themselves stay, and say so.
    ///
    /// @return the sessions whose recording went
    static List<String> purge(Handle handle, Set<String> tickets, Instant now) {
        List<String> gone = handle.createQuery("""
                UPDATE remote.shell SET purged_at = :now, version = version + 1
                WHERE ticket IN (<tickets>) AND state = 'closed' AND purged_at IS NULL RETURNING id""")
                .bindList("tickets", List.copyOf(tickets)).bind("now", now).mapTo(String.class).list();
        delete(handle, gone);
        return gone;
    }

    /// Deletes what was recorded in sessions that ended before `before`, those of `limit` sessions at most.
    static List<String> purge(Handle handle, Instant before, int limit, Instant now) {
        List<String> gone = handle
                .createQuery(
                        """
                                UPDATE remote.shell SET purged_at = :now, version = version + 1 WHERE id IN (
                                    SELECT id FROM remote.shell WHERE closed_at < :before AND state = 'closed' AND purged_at IS NULL
                                    ORDER BY closed_at LIMIT :limit FOR UPDATE SKIP LOCKED) RETURNING id""")
                .bind("now", now)
                .bind("before", before).bind("limit", limit).mapTo(String.class).list();
        delete(handle, gone);
        return gone;
    }

    private static void delete(Handle handle, List<String> shells) {
        if (!shells.isEmpty()) {
            handle.createUpdate("DELETE FROM remote.shell_piece WHERE shell IN (<shells>)")
                    .bindList("shells", shells).execute();
        }
    }
}
