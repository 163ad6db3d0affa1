package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.LinkedHashMap;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// What has happened to a work order so far.
///
/// @param approval    of the technical review (R29), null before
/// @param question    that the review asked the customer, null where none is open
/// @param preparation what is still to be ready before somebody sets out (R30), with whether it is
/// @param departedAt  when the engineer set out
/// @param arrivedAt   when they arrived
/// @param arrival     answers to the questions of the check-in (R31)
/// @param failure     why it failed, null where it did not
public record Course(@Nullable Approval approval, @Nullable String question,
        SequencedMap<String, Boolean> preparation, @Nullable Instant departedAt, @Nullable Instant arrivedAt,
        Map<String, String> arrival, @Nullable Repair repair, @Nullable TestReport test,
        @Nullable String failure, @Nullable Pickup pickup) {
    public Course {
        preparation = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(preparation));
        arrival = Collections.unmodifiableMap(new LinkedHashMap<>(arrival));
    }

    /// Nothing yet.
    static final Course NEW = new Course(null, null, new LinkedHashMap<>(), null, null, Map.of(), null, null,
            null, null);

    Course with(Approval reviewed) {
        return new Course(reviewed, null, preparation, departedAt, arrivedAt, arrival, repair, test, failure,
                pickup);
    }

    /// The review waits for the customer's answer; what was approved before is approved no longer.
    Course asking(String asked) {
        return new Course(null, asked, preparation, departedAt, arrivedAt, arrival, repair, test, failure,
                pickup);
    }

    Course preparing(SequencedMap<String, Boolean> items) {
        return new Course(approval, question, items, departedAt, arrivedAt, arrival, repair, test, failure,
                pickup);
    }

    Course departed(Instant at) {
        return new Course(approval, question, preparation, at, arrivedAt, arrival, repair, test, failure,
                pickup);
    }

    Course arrived(Map<String, String> answers, Instant at) {
        return new Course(approval, question, preparation, departedAt, at, answers, repair, test, failure,
                pickup);
    }

    /// What is repaired anew is tested anew.
    Course with(Repair done) {
        return new Course(approval, question, preparation, departedAt, arrivedAt, arrival, done, null,
                failure,
                pickup);
    }

    Course with(TestReport report) {
        return new Course(approval, question, preparation, departedAt, arrivedAt, arrival, repair, report,
                failure,
                pickup);
    }

    Course failing(String why) {
        return new Course(approval, question, preparation, departedAt, arrivedAt, arrival, repair, test, why,
                pickup);
    }

    Course with(Pickup back) {
        return new Course(approval, question, preparation, departedAt, arrivedAt, arrival, repair, test,
                failure,
                back);
    }

    /// The technical review lets it be dispatched (R29).
    public record Approval(String by, Instant at, String note) {}

    /// What was found and done (R36).
    ///
    /// @param minutes       of work
    /// @param travelMinutes there and back, 0 in the workshop
    public record Repair(String symptom, String process, List<Fitted> parts, int minutes, int travelMinutes,
            String result) {
        public Repair {
            parts = List.copyOf(parts);
        }
    }

    /// A part that was fitted.
    ///
    /// @param serial of the piece, null where it has none
    public record Fitted(String part, @Nullable String serial, int quantity) {}

    /// The functional test (R35).
    public record TestReport(List<Check> checks, String by, Instant at) {
        public TestReport {
            checks = List.copyOf(checks);
        }

        /// Whether every check passed; without checks nothing is shown.
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public boolean passed() {
            return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
        }
    }

    /// One named check with what it measured.
    ///
    /// @param limit what would be right, null where the name says it
    public record Check(String name, String value, @Nullable String limit, boolean passed) {}

    /// How the device came back to its owner (R37).
    ///
    /// @param how           `picked-up` or `shipped`
    /// @param recordChecked that the customer read the repair record
    /// @param feesChecked   that the customer agreed with the fees
    /// @param amount        of the fees
    /// @param tracking      of the parcel, null where nothing was sent
    /// @param by            who confirmed it: a user, or `customer`
    public record Pickup(String how, boolean recordChecked, boolean feesChecked, @Nullable BigDecimal amount,
            @Nullable String tracking, String by, Instant at) {}
}
