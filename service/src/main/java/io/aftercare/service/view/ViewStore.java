package io.aftercare.service.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Views of people. Works in the caller's transaction.
final class ViewStore {
    private static final String SELECT = """
            SELECT name, person, page, query, title, shared, version, updated_at FROM service.saved_view""";

    private ViewStore() {}

    /// Somebody's own by title, then what others share, by title and author.
    ///
    /// @param page null for all pages
    static List<SavedView> of(Handle handle, String person, boolean withShared, @Nullable String page,
            int skipped, int limit) {
        return handle.createQuery(SELECT + """
                 WHERE (person = :person OR shared AND :shared) AND (:page::text IS NULL OR page = :page)
                ORDER BY person <> :person, title, person, name OFFSET :skipped LIMIT :limit""")
                .bind("person", person).bind("shared", withShared).bind("page", page)
                .bind("skipped", skipped).bind("limit", limit).map((row, _) -> map(row)).list();
    }

    static Optional<SavedView> lock(Handle handle, String person, String name) {
        return handle.createQuery(SELECT + " WHERE person = :person AND name = :name FOR UPDATE")
                .bind("person", person).bind("name", name).map((row, _) -> map(row)).findOne();
    }

    /// Keeps it as it is now, one version on.
    static SavedView put(Handle handle, SavedView view, Instant now) {
        return handle.createQuery("""
                INSERT INTO service.saved_view AS old (person, name, page, query, title, shared, updated_at)
                VALUES (:person, :name, :page, :query, :title, :shared, :now)
                ON CONFLICT (person, name) DO UPDATE SET page = excluded.page, query = excluded.query,
                    title = excluded.title, shared = excluded.shared, updated_at = excluded.updated_at,
                    version = old.version + 1
                RETURNING name, person, page, query, title, shared, version, updated_at""")
                .bind("person", view.author()).bind("name", view.name()).bind("page", view.page())
                .bind("query", view.query()).bind("title", view.title()).bind("shared", view.isShared())
                .bind("now", now).map((row, _) -> map(row)).one();
    }

    /// How many a person has; nobody else writes views of theirs before the end of the transaction.
    static int count(Handle handle, String person) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('saved-view'), hashtext(?))", person);
        return handle.createQuery("SELECT count(*) FROM service.saved_view WHERE person = :person")
                .bind("person", person).mapTo(Integer.class).one();
    }

    static void delete(Handle handle, SavedView view) {
        handle.execute("DELETE FROM service.saved_view WHERE person = ? AND name = ?", view.author(),
                view.name());
    }

    private static SavedView map(ResultSet row) throws SQLException {
        return new SavedView(row.getString("name"), row.getString("person"), row.getString("page"),
                row.getString("query"), row.getString("title"), row.getBoolean("shared"),
                row.getInt("version"), row.getTimestamp("updated_at").toInstant());
    }
}
