package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A case that a manager has to know of (R32, R55): told to the coordinators, open until one of them acknowledges it.
///
/// @param to             the role that was told
/// @param times          how often it was escalated
/// @param code           why, where the backend escalated it by itself: `priority`, `time` or `runbook`; null where a person said why
/// @param clock          whose time has run out, with `time`
/// @param acknowledgedBy null while nobody has taken notice of the last time
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Escalation(Instant at, String by, String reason, String to, int times,
        @Nullable String acknowledgedBy, @Nullable Instant acknowledgedAt, @Nullable String code,
        @Nullable String clock) {
    private static final String MANAGER = "coordinator";

    static Escalation first(Instant at, String by, TicketEvent.Escalated why) {
        return new Escalation(at, by, why.reason(), MANAGER, 1, null, null, why.code(), why.clock());
    }

    Escalation again(Instant when, String who, TicketEvent.Escalated why) {
        return new Escalation(when, who, why.reason(), MANAGER, times + 1, null, null, why.code(),
                why.clock());
    }

    Escalation acknowledged(Instant when, String who) {
        return new Escalation(at, by, reason, to, times, who, when, code, clock);
    }

    @JsonIgnore
    public boolean isPending() {
        return acknowledgedBy == null;
    }
}
