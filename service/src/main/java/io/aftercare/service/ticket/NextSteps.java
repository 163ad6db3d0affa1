package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.sla.ClockType;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens next and by when, as it is told to the customer (R14). Pure.
final class NextSteps {
    /// @param text in the language that was asked for
    /// @param by   by when, as the clocks promise it; null where that lies with somebody else
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record NextStep(String step, String text, @Nullable Instant by) {}

    private record Planned(String step, @Nullable ClockType clock) {}

    private NextSteps() {}

    static List<NextStep> of(Ticket ticket, Clocks clocks, Catalogue words, Language language) {
        List<NextStep> steps = new ArrayList<>();
        Fix fix = ticket.fix();
        boolean remote = fix != null && fix.runbook() != null;
        for (Planned planned : planned(ticket.state(), remote)) {
            Instant by = due(clocks, planned.clock());
            boolean isDone = planned.clock() == ClockType.CONTACT && by == null;
            if (!isDone) {
                steps.add(new NextStep(planned.step(), words.text(language, "step." + planned.step()), by));
            }
        }
        return steps;
    }

    private static List<Planned> planned(TicketState state, boolean remote) {
        Planned solve = new Planned("solve", ClockType.RESOLUTION);
        return switch (state) {
            case NEW -> List.of(new Planned("contact", ClockType.CONTACT),
                    new Planned("assess", ClockType.ASSESSMENT), solve);
            case ASSESSED, REOPENED -> List.of(new Planned("contact", ClockType.CONTACT),
                    new Planned("work", ClockType.HANDLING), solve);
            case IN_PROGRESS -> List.of(new Planned("contact", ClockType.CONTACT), solve);
            case WAITING_CUSTOMER -> List.of(new Planned("answer", null));
            case WAITING_DEVICE -> List.of(new Planned("device", null));
            case WAITING_PARTS, WAITING_VENDOR -> List.of(new Planned("parts", null), solve);
            case FIX_SCHEDULED -> List.of(new Planned(remote ? "watch" : "firmware", ClockType.RESOLUTION));
            case RESOLVED -> List.of(new Planned("confirm", null));
            case VERIFIED -> List.of(new Planned("close", null));
            case CLOSED, CANCELLED -> List.of();
        };
    }

    private static @Nullable Instant due(Clocks clocks, @Nullable ClockType type) {
        return clocks.all().stream().filter(clock -> clock.type() == type)
                .flatMap(clock -> clock.due().stream()).findFirst().orElse(null);
    }
}
