package io.aftercare.service.knowledge;

import io.aftercare.fleet.search.Finder;
import io.aftercare.service.text.Grams;

/// Finds what is published of the articles by their words in both languages.
public final class ArticleFinder {
    private ArticleFinder() {}

    public static Finder finder() {
        return Finder.of("article", "listArticles", (handle, wanted) -> {
            String plain = Grams.plain(wanted.text());
            return handle
                    .createQuery(
                            """
                                    SELECT e.article AS id, e.zh_title AS title, e.en_title AS sub FROM service.article_edition e
                                    WHERE e.state = 'published' AND :plain <> '' AND e.grams @> :grams::text[]
                                      AND position(:plain IN e.plain) > 0
                                    ORDER BY e.article DESC LIMIT :limit""")
                    .bind("plain", plain)
                    .bind("grams", Grams.ofQuery(plain).toArray(String[]::new)).bind("limit", wanted.limit());
        });
    }
}
