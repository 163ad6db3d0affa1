package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// The handbook's five stages (R27), and the two ways to be over.
public enum Stage {
    ACCEPT, ANALYSE, SOLVE, VERIFY, FEEDBACK, DONE, CANCELLED;

    /// The stage that a case of this state is in.
    public static Stage of(TicketState state) {
        return switch (state) {
            case NEW -> ACCEPT;
            case ASSESSED, REOPENED -> ANALYSE;
            case IN_PROGRESS, WAITING_CUSTOMER, WAITING_PARTS, WAITING_DEVICE, WAITING_VENDOR,
                    FIX_SCHEDULED ->
                SOLVE;
            case RESOLVED -> VERIFY;
            case VERIFIED -> FEEDBACK;
            case CLOSED -> DONE;
            case CANCELLED -> CANCELLED;
        };
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }
}
