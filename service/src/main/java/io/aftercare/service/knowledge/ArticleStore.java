package io.aftercare.service.knowledge;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.text.Grams;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Articles in the database. Works in the caller's transaction.
final class ArticleStore {
    /// A use is decided when its case is solved, or was solved and reopened.
    static final String SELECT = """
            SELECT e.*, a.version, a.revise_by, u.uses, u.decided, u.held FROM service.article a
            JOIN service.article_edition e ON e.article = a.id
            LEFT JOIN LATERAL (
                SELECT count(*) AS uses,
                    count(*) FILTER (WHERE x.reopened OR t.state IN ('resolved', 'verified', 'closed')) AS decided,
                    count(*) FILTER (WHERE NOT x.reopened AND t.state IN ('resolved', 'verified', 'closed')) AS held
                FROM service.article_use x JOIN service.ticket t ON t.id = x.ticket WHERE x.article = a.id) u ON true
            """;

    private ArticleStore() {}

    static long insert(Handle handle, Article.Draft draft, Instant reviseBy, String author, Instant now) {
        long id = handle.createQuery("""
                INSERT INTO service.article (revise_by, created_at) VALUES (:revise, :now) RETURNING id""")
                .bind("revise", reviseBy).bind("now", now).mapTo(Long.class).one();
        addEdition(handle, id, 1, draft, author, now);
        return id;
    }

    static void addEdition(Handle handle, long id, int edition, Article.Draft draft, String author,
            Instant now) {
        bind(handle.createUpdate(
                """
                        INSERT INTO service.article_edition (article, edition, state, zh_title, zh_body, en_title, en_body, codes,
                            models, author, written_at, plain, grams)
                        VALUES (:id, :edition, 'draft', :zhTitle, :zhBody, :enTitle, :enBody, :codes, :models, :author, :now,
                            :plain, :grams)"""),
                draft).bind("id", id).bind("edition", edition)
                .bind("author", author).bind("now", now).execute();
    }

    /// Writes a draft anew; whoever writes is its author, and a review of what it was before is void.
    static void rewrite(Handle handle, long id, int edition, Article.Draft draft, String author,
            Instant now) {
        bind(handle.createUpdate(
                """
                        UPDATE service.article_edition SET state = 'draft', zh_title = :zhTitle, zh_body = :zhBody,
                            en_title = :enTitle, en_body = :enBody, codes = :codes, models = :models, author = :author,
                            written_at = :now, reviewer = NULL, reviewed_at = NULL, plain = :plain, grams = :grams
                        WHERE article = :id AND edition = :edition"""),
                draft).bind("id", id)
                .bind("edition", edition).bind("author", author).bind("now", now).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Article.Draft draft) {
        Article.Page zh = Objects.requireNonNullElse(draft.zh(), Article.Page.EMPTY);
        Article.Page en = Objects.requireNonNullElse(draft.en(), Article.Page.EMPTY);
        List<String> codes = Objects.requireNonNullElse(draft.codes(), List.of());
        List<String> models = Objects.requireNonNullElse(draft.models(), List.of());
        String plain = Grams.plain(String.join("\n", zh.title(), en.title(), String.join(" ", codes),
                String.join(" ", models), zh.body(), en.body()));
        return statement.bind("zhTitle", zh.title()).bind("zhBody", zh.body()).bind("enTitle", en.title())
                .bind("enBody", en.body()).bind("codes", codes.toArray(String[]::new))
                .bind("models", models.toArray(String[]::new)).bind("plain", plain)
                .bind("grams", Grams.ofText(plain).toArray(String[]::new));
    }

    /// Counts one more version of the article.
    static void touch(Handle handle, long id, Instant reviseBy) {
        handle.createUpdate("""
                UPDATE service.article SET version = version + 1, revise_by = :revise,
                    told_at = CASE WHEN revise_by = :revise THEN told_at END WHERE id = :id""").bind("id", id)
                .bind("revise", reviseBy).execute();
    }

    static void move(Handle handle, Article article, ArticleState to, String person, Instant now) {
        if (to == ArticleState.PUBLISHED) {
            handle.createUpdate(
                    """
                            UPDATE service.article_edition SET state = 'retired' WHERE article = :id AND state = 'published'""")
                    .bind("id", article.id()).execute();
        }
        handle.createUpdate(
                """
                        UPDATE service.article_edition SET state = :state,
                            reviewer = CASE WHEN :state = 'reviewed' THEN :person WHEN :state = 'draft' THEN NULL ELSE reviewer END,
                            reviewed_at = CASE WHEN :state = 'reviewed' THEN :now WHEN :state = 'draft' THEN NULL ELSE reviewed_at END,
                            published_at = CASE WHEN :state = 'published' THEN :now ELSE published_at END
                        WHERE article = :id AND edition = :edition""")
                .bind("state", to.text()).bind("person", person)
                .bind("now", now).bind("id", article.id()).bind("edition", article.edition()).execute();
    }

    static boolean lock(Handle handle, long id) {
        return handle.createQuery("SELECT id FROM service.article WHERE id = :id FOR UPDATE").bind("id", id)
                .mapTo(Long.class).findOne().isPresent();
    }

    static Optional<Article> published(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE a.id = :id AND e.state = 'published'").bind("id", id)
                .map((row, _) -> article(row)).findOne();
    }

    /// All editions, the newest first.
    static List<Article> editions(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE a.id = :id ORDER BY e.edition DESC").bind("id", id)
                .map((row, _) -> article(row)).list();
    }

    /// What may help with a fault of a product, what solved most first; a young article counts as one that solves half.
    static List<Article> suggested(Handle handle, String code, String model, int limit) {
        return handle.createQuery(
                SELECT + """
                        WHERE e.state = 'published' AND (:code = ANY(e.codes) OR (:code = '' AND :model = ANY(e.models)))
                          AND (cardinality(e.models) = 0 OR :model = ANY(e.models))
                        ORDER BY (u.held + 1.0) / (u.decided + 2) DESC, u.uses DESC, a.id LIMIT :limit""")
                .bind("code", code)
                .bind("model", model).bind("limit", limit).map((row, _) -> article(row)).list();
    }

    static void use(Handle handle, Article article, long ticket, String person, Instant now) {
        handle.createUpdate("""
                INSERT INTO service.article_use (article, ticket, edition, person, at)
                VALUES (:article, :ticket, :edition, :person, :now) ON CONFLICT DO NOTHING""")
                .bind("article", article.id()).bind("ticket", ticket).bind("edition", article.edition())
                .bind("person", person).bind("now", now).execute();
    }

    static List<Long> used(Handle handle, long ticket) {
        return handle
                .createQuery("SELECT article FROM service.article_use WHERE ticket = :ticket ORDER BY at")
                .bind("ticket", ticket).mapTo(Long.class).list();
    }

    /// What was used for this case did not solve it for good.
    static void reopened(Handle handle, long ticket) {
        handle.createUpdate("UPDATE service.article_use SET reopened = true WHERE ticket = :ticket")
                .bind("ticket", ticket).execute();
    }

    static Article article(ResultSet row) throws SQLException {
        int decided = row.getInt("decided");
        return new Article(row.getLong("article"), row.getInt("version"), row.getInt("edition"),
                ArticleState.parse(row.getString("state")).orElseThrow(),
                new Article.Page(row.getString("zh_title"), row.getString("zh_body")),
                new Article.Page(row.getString("en_title"), row.getString("en_body")),
                Columns.texts(row, "codes"),
                Columns.texts(row, "models"), row.getString("author"), Columns.time(row, "written_at"),
                row.getString("reviewer"), Columns.instant(row, "reviewed_at"),
                Columns.instant(row, "published_at"), Columns.time(row, "revise_by"), row.getInt("uses"),
                decided == 0 ? null : (double) row.getInt("held") / decided);
    }
}
