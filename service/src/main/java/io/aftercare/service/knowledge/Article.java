package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One edition of an article, with what its use has shown.
///
/// @param version   of the article, whatever its edition
/// @param uses      for how many cases it was used
/// @param solveRate of those uses that are decided, how many solved the case for good; null where none is
@JsonInclude(JsonInclude.Include.ALWAYS)
record Article(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, int edition,
        ArticleState state,
        Page zh, Page en, List<String> codes, List<String> models, String author, Instant writtenAt,
        @Nullable String reviewer, @Nullable Instant reviewedAt, @Nullable Instant publishedAt,
        Instant reviseBy, int uses, @Nullable Double solveRate) {

    /// An article in one language.
    record Page(String title, String body) {
        static final Page EMPTY = new Page("", "");

        @JsonIgnore
        boolean isComplete() {
            return !title.isBlank() && !body.isBlank();
        }
    }

    /// What somebody writes.
    ///
    /// @param codes  fault codes that it helps with
    /// @param models products that it is about; empty for all
    record Draft(@Nullable Page zh, @Nullable Page en, @Nullable List<String> codes,
            @Nullable List<String> models, @Nullable Instant reviseBy) {}

    /// Why this person may not bring it there, empty where they may.
    Optional<String> refusal(ArticleState to, String person) {
        if (!state.next().contains(to)) {
            return Optional.of("This edition is " + state.text() + " and cannot become " + to.text()
                    + (state.next()
                            .isEmpty()
                                    ? "; write a new one"
                                    : "; it can become " + state.next().stream().map(ArticleState::text)
                                            .collect(Collectors.joining(", "))));
        }
        if (to == ArticleState.REVIEWED && author.equals(person)) {
            return Optional.of("Somebody else than " + author + ", who wrote it, has to review it");
        }
        if (to == ArticleState.REVIEWED && !(zh.isComplete() && en.isComplete())) {
            return Optional.of(
                    "An article is reviewed in both languages; " + (zh.isComplete() ? "English" : "Chinese")
                            + " is not complete");
        }
        return Optional.empty();
    }
}
