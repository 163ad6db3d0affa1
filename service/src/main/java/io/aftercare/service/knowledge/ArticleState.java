package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where an edition of an article stands. [#next] is the one table.
///
/// ```
/// draft ◄──► reviewed ──► published ──► retired
/// ```
public enum ArticleState {
    DRAFT,
    /// Somebody other than the author has read it.
    REVIEWED,
    PUBLISHED,
    /// Replaced by the next edition, or withdrawn.
    RETIRED;

    public Set<ArticleState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(REVIEWED);
            case REVIEWED -> EnumSet.of(PUBLISHED, DRAFT);
            case PUBLISHED -> EnumSet.of(RETIRED);
            case RETIRED -> EnumSet.noneOf(ArticleState.class);
        };
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<ArticleState> parse(String text) {
        return Kebab.parse(ArticleState.class, text);
    }
}
