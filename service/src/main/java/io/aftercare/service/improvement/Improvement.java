package io.aftercare.service.improvement;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something to make better. Immutable; [#moved] decides.
///
/// @param source       survey, staff or another feedback
/// @param reference    what raised it, such as a survey's id; it raises one improvement
/// @param verification what shows that it helped
@JsonInclude(JsonInclude.Include.ALWAYS)
record Improvement(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, ImprovementState state,
        String source, @Nullable String reference, @Nullable String ticket, String text,
        @Nullable String analysis, @Nullable String measure, @Nullable String owner, @Nullable Instant due,
        @Nullable String verification, String raisedBy, Instant raisedAt, @Nullable Instant verifiedAt) {

    /// What somebody says with a move; null leaves as it is.
    record Step(ImprovementState to, @Nullable String analysis, @Nullable String measure,
            @Nullable String owner,
            @Nullable Instant due, @Nullable String verification) {}

    /// Why it may not be, empty where it may.
    Optional<String> refusal(Step step) {
        if (!state.next().contains(step.to())) {
            return Optional.of("It is " + state.text() + " and cannot become " + step.to().text()
                    + "; it can become "
                    + state.next().stream().map(ImprovementState::text).collect(Collectors.joining(", ")));
        }
        return switch (step.to()) {
            case RAISED -> Optional.empty();
            case ANALYSED, DECLINED -> step.analysis() == null
                    ? Optional.of("Say what was found, in analysis")
                    : Optional.empty();
            case IMPROVING -> step.measure() == null || step.owner() == null || step.due() == null
                    ? Optional.of("Say what is done, by whom and until when, in measure, owner and due")
                    : Optional.empty();
            case VERIFIED -> step.verification() == null
                    ? Optional.of("Say what shows that it helped, in verification")
                    : Optional.empty();
        };
    }

    /// As it stands after a step that is not refused.
    Improvement moved(Step step, Instant now) {
        return new Improvement(id, version, step.to(), source, reference, ticket, text,
                or(step.analysis(), analysis),
                or(step.measure(), measure), or(step.owner(), owner), step.due() == null ? due : step.due(),
                or(step.verification(), verification), raisedBy, raisedAt,
                step.to() == ImprovementState.VERIFIED ? now : null);
    }

    private static @Nullable String or(@Nullable String said, @Nullable String before) {
        return said == null ? before : said;
    }
}
