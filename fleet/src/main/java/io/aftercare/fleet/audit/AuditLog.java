package io.aftercare.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/// Reads the record of who did what, and walks its chain.
final class AuditLog {
    private static final int FETCH_ROWS = 1000;

    private final Database database;

    /// An entry as the API shows it.
    record Shown(long id, Instant at, String actor, String roles, String action, String object,
            JsonNode detail,
            String address) {}

    /// Which entries are asked for; empty for all.
    record Filter(Optional<String> actor, Optional<String> object, Optional<Instant> from) {}

    /// What the walk found.
    ///
    /// @param entries how many are right, counted from the first
    /// @param head    hash of the last right one: noted elsewhere, it proves later that nothing before it was rewritten
    /// @param broken  the first entry that is not right, 0 where entries are missing at the end; null while intact
    record Verdict(boolean intact, long entries, String head, @Nullable Long broken, @Nullable String why) {}

    private record Link(long id, Deed deed, String previous, String hash) {}

    private record Head(long entries, String hash) {}

    AuditLog(Database database) {
        this.database = database;
    }

    /// The latest first.
    Page<Shown> list(Filter filter, int limit, @Nullable Long before) {
        StringBuilder sql = new StringBuilder("SELECT * FROM fleet.audit WHERE id < :before");
        filter.actor().ifPresent(_ -> sql.append(" AND actor = :actor"));
        filter.object().ifPresent(_ -> sql.append(" AND object = :object"));
        filter.from().ifPresent(_ -> sql.append(" AND at >= :from"));
        sql.append(" ORDER BY id DESC LIMIT :limit");
        List<Shown> rows = database.jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql.toString()).bind("limit", limit + 1).bind("before",
                    before == null ? Long.MAX_VALUE : before.longValue());
            filter.actor().ifPresent(actor -> query.bind("actor", actor));
            filter.object().ifPresent(object -> query.bind("object", object));
            filter.from().ifPresent(from -> query.bind("from", from));
            return query.map((row, _) -> shown(row)).list();
        });
        return Page.of(rows, limit, entry -> Long.toString(entry.id()));
    }

    /// Walks the whole chain as it stands at one moment, a thousand rows in memory at a time.
    Verdict verify() {
        return database.jdbi().inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            try (var links = handle.createQuery("SELECT * FROM fleet.audit ORDER BY id")
                    .setFetchSize(FETCH_ROWS).map((row, _) -> link(row)).iterator()) {
                String previous = Deed.FIRST;
                long entries = 0;
                while (links.hasNext()) {
                    Link link = links.next();
                    Optional<String> fault = fault(link, previous);
                    if (fault.isPresent()) {
                        return new Verdict(false, entries, previous, link.id(), fault.get());
                    }
                    previous = link.hash();
                    entries++;
                }
                return atEnd(handle, entries, previous);
            }
        });
    }

    private static Optional<String> fault(Link link, String previous) {
        if (!link.deed().hash(link.previous()).equals(link.hash())) {
            return Optional.of("its content was changed: it does not have the hash that it was written with");
        }
        if (!link.previous().equals(previous)) {
            return Optional
                    .of("it does not follow the entry before it: one was removed, added or moved here");
        }
        return Optional.empty();
    }

    private static Verdict atEnd(Handle handle, long entries, String previous) {
        Head head = handle.createQuery("SELECT entries, hash FROM fleet.audit_head")
                .map((row, _) -> new Head(row.getLong(1), row.getString(2))).findOne()
                .orElse(new Head(-1, ""));
        if (head.entries() == entries && head.hash().equals(previous)) {
            return new Verdict(true, entries, previous, null, null);
        }
        return new Verdict(false, entries, previous, 0L,
                "the end of the chain is not the one that was written last ("
                        + entries + " entries are there, " + head.entries()
                        + " were written): entries were removed at the end");
    }

    private static Link link(ResultSet row) throws SQLException {
        Deed deed = new Deed(row.getTimestamp("at").toInstant(), row.getString("actor"),
                row.getString("roles"),
                row.getString("action"), row.getString("object"), row.getString("detail"),
                row.getString("address"));
        return new Link(row.getLong("id"), deed, row.getString("previous_hash"), row.getString("hash"));
    }

    private static Shown shown(ResultSet row) throws SQLException {
        Link link = link(row);
        Deed deed = link.deed();
        return new Shown(link.id(), deed.at(), deed.actor(), deed.roles(), deed.action(), deed.object(),
                Json.parse(deed.detail()), deed.address());
    }
}
