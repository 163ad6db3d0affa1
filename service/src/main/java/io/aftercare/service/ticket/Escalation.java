package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A case that a manager has to know of (R32, R55): told to the coordinators, open until one of them acknowledges it.
///
/// @param to             the role that was told
/// @param times          how often it was escalated
/// @param acknowledgedBy null while nobody has taken notice of the last time
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Escalation(Instant at, String by, String reason, String to, int times,
        @Nullable String acknowledgedBy, @Nullable Instant acknowledgedAt) {
    private static final String MANAGER = "coordinator";

    static Escalation first(Instant at, String by, String reason) {
        return new Escalation(at, by, reason, MANAGER, 1, null, null);
    }

    Escalation again(Instant when, String who, String why) {
        return new Escalation(when, who, why, MANAGER, times + 1, null, null);
    }

    Escalation acknowledged(Instant when, String who) {
        return new Escalation(at, by, reason, to, times, who, when);
    }

    @JsonIgnore
    public boolean isPending() {
        return acknowledgedBy == null;
    }
}
