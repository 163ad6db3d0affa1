package io.aftercare.service.complaint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody does so that a complaint does not come again (R54).
///
/// @param effective what checking it showed, null before
/// @param evidence  what shows it
@JsonInclude(JsonInclude.Include.ALWAYS)
record CorrectiveAction(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, String text, String owner,
        Instant due,
        @Nullable Instant doneAt, @Nullable String doneBy, @Nullable String result,
        @Nullable Boolean effective,
        @Nullable String evidence, @Nullable String checkedBy, @Nullable Instant checkedAt) {
    boolean isDone() {
        return doneAt != null;
    }

    /// Whether this person had it to do, or said that it is done.
    boolean isBy(String person) {
        return person.equals(owner) || person.equals(doneBy);
    }

    boolean isEffective() {
        return Boolean.TRUE.equals(effective);
    }
}
