package io.aftercare.remote.action;

import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.ActionSql.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Ends what has run out of time. What is due stands in the database, so a restart loses nothing.
final class Expiry {
    private final RemoteGround ground;
    private final Book book;

    Expiry(RemoteGround ground, Book book) {
        this.ground = ground;
        this.book = book;
    }

    /// Ends at most `limit` actions; answers how many were due.
    int expire(int limit) {
        Instant now = ground.now();
        List<String> due = ground.database().jdbi().withHandle(handle -> ActionSql.due(handle, now, limit));
        // One that moved on while the list was read is left alone.
        due.forEach(id -> ground.database().useTransaction(handle -> ActionSql.lockDue(handle, id, now)
                .ifPresent(action -> expire(handle, action, now))));
        return due.size();
    }

    private void expire(Handle handle, Action action, Instant now) {
        boolean neverSent = action.sentAt() == null;
        Optional<ActionState> state = action.state()
                .after(neverSent ? ActionEvent.EXPIRE : ActionEvent.TIME_OUT);
        String error = neverSent
                ? "not sent before it expired"
                : "no answer within " + action.timeoutSeconds() + " s";
        state.ifPresent(over -> book.happened(handle, action, Change.end(over, now, error)));
    }
}
