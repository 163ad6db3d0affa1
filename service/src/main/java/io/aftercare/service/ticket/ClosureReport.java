package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a case came to its end (R41): solved, told to the customer, verified, and learnt from.
///
/// @param stages  when each stage was reached first, and last where it was reached again
/// @param missing what the loop still lacks to be closed, in words
@JsonInclude(JsonInclude.Include.ALWAYS)
record ClosureReport(String number, String device, String title, @Nullable CaseType type, TicketState state,
        Instant openedAt, @Nullable Instant closedAt, int reopened, List<Reached> stages, Solved solve,
        Told feedback, Shown verify, @Nullable String improvement, List<String> missing) {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Reached(Stage stage, Instant at, String by) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Solved(@Nullable String rootCause, Analysis.@Nullable Method method, @Nullable JsonNode causes,
            @Nullable String done, @Nullable Instant at) {}

    /// @param conversations what was spoken or written with the customer since the solution
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Told(@Nullable String text, List<Timeline.Entry> conversations) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(@Nullable String verification, @Nullable Instant at, @Nullable String by) {}

    /// Of a case that is solved; pure.
    static ClosureReport of(Ticket ticket, List<Timeline.Entry> timeline) {
        Progress progress = ticket.progress();
        Handling handling = ticket.handling();
        Analysis analysis = handling.analysis();
        Map<Stage, Reached> stages = stages(ticket, timeline);
        Reached verified = stages.get(Stage.FEEDBACK);
        Instant solvedAt = progress.resolvedAt();
        List<Timeline.Entry> said = timeline.stream().filter(
                entry -> solvedAt != null && !entry.at().isBefore(solvedAt) && isConversation(entry))
                .toList();
        return new ClosureReport(ticket.number(), ticket.report().serial(), ticket.report().title(),
                ticket.classification().type(), ticket.state(), ticket.report().openedAt(),
                progress.closedAt(), handling.reopened(), List.copyOf(stages.values()),
                new Solved(progress.rootCause(), analysis == null ? null : analysis.method(),
                        analysis == null ? null : analysis.causes(), done(timeline), solvedAt),
                new Told(handling.feedback(), said),
                new Shown(progress.verification(), verified == null ? null : verified.at(),
                        verified == null ? null : verified.by()),
                handling.improvement(), missing(ticket, said));
    }

    private static List<String> missing(Ticket ticket, List<Timeline.Entry> said) {
        List<String> missing = new ArrayList<>();
        if (ticket.progress().verification() == null) {
            missing.add("what shows that it is solved, in verification");
        }
        if (ticket.handling().feedback() == null && said.isEmpty()) {
            missing.add("what the customer was told, in feedback or by a public comment");
        }
        if (ticket.handling().improvement() == null) {
            missing.add("what is done so that it does not happen again, in improvement");
        }
        return missing;
    }

    private static Map<Stage, Reached> stages(Ticket ticket, List<Timeline.Entry> timeline) {
        Map<Stage, Reached> reached = new EnumMap<>(Stage.class);
        reached.put(Stage.ACCEPT, new Reached(Stage.ACCEPT, ticket.report().openedAt(),
                timeline.isEmpty() ? "" : timeline.getFirst().actor()));
        for (Timeline.Entry entry : timeline) {
            if (entry.kind().equals("transition") && entry.data() != null) {
                TicketState.parse(entry.data().path("to").asText()).map(Stage::of)
                        .ifPresent(stage -> reached.put(stage,
                                new Reached(stage, entry.at(), entry.actor())));
            }
        }
        return reached;
    }

    private static @Nullable String done(List<Timeline.Entry> timeline) {
        return timeline.reversed().stream().filter(entry -> entry.kind().equals("transition")
                && entry.data() != null && entry.data().path("to").asText().equals("resolved"))
                .map(Timeline.Entry::text).findFirst().orElse(null);
    }

    private static boolean isConversation(Timeline.Entry entry) {
        JsonNode data = entry.data();
        return data != null && (data.path("contact").asBoolean()
                || data.path("visibility").asText().equals("public"));
    }
}
