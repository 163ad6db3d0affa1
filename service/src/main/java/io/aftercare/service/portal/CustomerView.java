package io.aftercare.service.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A case as its customer sees it: nothing that was written for colleagues, and nobody's name.
///
/// @param next     what happens next, in words (R14)
/// @param expected by when, null where time does not count now
/// @param result   what was found, null until it is
/// @param advice   for use from now on, null until it is solved
@JsonInclude(JsonInclude.Include.ALWAYS)
record CustomerView(String number, String title, String device, Language language, String state, Stage stage,
        List<Step> steps, String next, @Nullable Instant expected, Instant openedAt,
        @Nullable Instant resolvedAt, @Nullable String result, @Nullable String advice,
        List<Appointments.Appointment> appointments, List<Cases.Said> messages, boolean open) {

    /// One of the handbook's stages.
    ///
    /// @param at when it was reached first, null where it was not yet
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Step(Stage stage, @Nullable Instant at, boolean current) {}
}
