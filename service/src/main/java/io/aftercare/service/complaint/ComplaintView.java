package io.aftercare.service.complaint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A complaint with all that belongs to it, as its page shows it.
///
/// @param number      that people say, such as `B-000007`
/// @param transitions the states that the table allows next
/// @param missing     what has to be shown before it may be closed, null where nothing is
/// @param missingCode the same for programs and pages, such as `not-satisfied`
/// @param recurrences how many complaints of the same product, class and cause came within 90 days before it
@JsonInclude(JsonInclude.Include.ALWAYS)
record ComplaintView(String number, @JsonUnwrapped Complaint complaint, List<ComplaintState> transitions,
        @Nullable String missing, @Nullable String missingCode, int recurrences,
        List<CorrectiveAction> actions,
        List<ComplaintStore.Entry> history) {
    static ComplaintView of(Handle handle, Complaint complaint) {
        List<CorrectiveAction> actions = ActionStore.of(handle, complaint.id());
        int recurrences = Optional.ofNullable(complaint.causeCode())
                .map(code -> ComplaintStore.same(handle, complaint, code, ComplaintRoom.RECURRENCE).size())
                .orElse(0);
        Optional<ComplaintFlow.Missing> missing = complaint.state() == ComplaintState.CLOSED
                ? Optional.empty()
                : ComplaintFlow.missing(complaint, actions);
        return new ComplaintView(complaint.number(), complaint, List.copyOf(complaint.state().next()),
                missing.map(ComplaintFlow.Missing::words).orElse(null),
                missing.map(ComplaintFlow.Missing::code).orElse(null),
                recurrences, actions, ComplaintStore.history(handle, complaint.id()));
    }

    /// A complaint in a list.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(String number, @JsonUnwrapped Complaint complaint) {
        static Line of(Complaint complaint) {
            return new Line(complaint.number(), complaint);
        }
    }
}
