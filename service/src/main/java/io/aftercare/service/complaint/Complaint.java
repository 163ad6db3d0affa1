package io.aftercare.service.complaint;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A complaint as it stands at one moment. Immutable; [ComplaintFlow] decides what becomes of it.
@JsonInclude(JsonInclude.Include.ALWAYS)
record Complaint(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, ComplaintState state,
        @JsonUnwrapped Grievance grievance,
        @Nullable String owner, @Nullable String finding, @Nullable Boolean justified,
        @JsonProperty("rootCause") @Nullable String cause, @Nullable String causeCode,
        @Nullable String recurrenceOf, @JsonProperty("writtenReply") @Nullable String reply,
        @Nullable Instant answeredAt, @Nullable Integer satisfaction, @Nullable Instant closedAt) {
    /// A mark of this or less is dissatisfied.
    static final int DISSATISFIED_MAX = 2;
    static final String MAJOR = "major";

    /// What the customer complains of, as it was logged.
    ///
    /// @param kind     product, service or other (R52)
    /// @param severity minor, moderate or major; a major one goes to the manager (R55)
    /// @param product  model of the device, empty where none is named
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Grievance(@JsonProperty("class") String kind, String severity, String title, String description,
            String channel, @Nullable String customer, @Nullable String ticket, @Nullable String device,
            String product, String loggedBy, Instant loggedAt) {
        boolean isMajor() {
            return severity.equals(MAJOR);
        }

        Grievance classed(String otherKind, String otherSeverity) {
            return new Grievance(otherKind, otherSeverity, title, description, channel, customer, ticket,
                    device,
                    product, loggedBy, loggedAt);
        }
    }

    /// The number that people say, such as `B-000007`.
    String number() {
        return String.format(Locale.ROOT, "B-%06d", id);
    }

    Complaint in(ComplaintState to, Instant now) {
        return new Complaint(id, version, to, grievance, owner, finding, justified, cause, causeCode,
                recurrenceOf, reply, to == ComplaintState.ANSWERED ? now : answeredAt, satisfaction,
                to == ComplaintState.CLOSED ? now : null);
    }

    Complaint with(Grievance other) {
        return new Complaint(id, version, state, other, owner, finding, justified, cause, causeCode,
                recurrenceOf, reply, answeredAt, satisfaction, closedAt);
    }

    Complaint owned(String by) {
        return new Complaint(id, version, state, grievance, by, finding, justified, cause, causeCode,
                recurrenceOf, reply, answeredAt, satisfaction, closedAt);
    }

    Complaint verified(String found, boolean right) {
        return new Complaint(id, version, state, grievance, owner, found, right, cause, causeCode,
                recurrenceOf,
                reply, answeredAt, satisfaction, closedAt);
    }

    Complaint caused(String why, String code, @Nullable String before) {
        return new Complaint(id, version, state, grievance, owner, finding, justified, why, code, before,
                reply,
                answeredAt, satisfaction, closedAt);
    }

    Complaint replied(String text) {
        return new Complaint(id, version, state, grievance, owner, finding, justified, cause, causeCode,
                recurrenceOf, text, answeredAt, satisfaction, closedAt);
    }

    Complaint marked(int mark) {
        return new Complaint(id, version, state, grievance, owner, finding, justified, cause, causeCode,
                recurrenceOf, reply, answeredAt, mark, closedAt);
    }
}
