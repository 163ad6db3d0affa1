package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Something that happened to a fault and that others must hear of: the ticket desk through the outbox, the console live.
///
/// @param n       its number among the fault's events, from 1
/// @param at      event time, microseconds
/// @param payload what the outbox entry says
public record FaultEvent(String fault, int n, Kind kind, long at, String device, String outlet, String code,
        String severity, ObjectNode payload) {
    /// What happened.
    public enum Kind {
        RAISED("raised"),
        /// Raised once more, some time after it had ended.
        RERAISED("reraised"),
        CLEARED("cleared"),
        /// Worse than before.
        ESCALATED("escalated"),
        /// Less bad than before, and still open.
        DEESCALATED("deescalated");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// Whether the fault opened with it.
        public boolean isRaise() {
            return this == RAISED || this == RERAISED;
        }

        String topic() {
            return "fault." + text;
        }
    }

    /// Idempotency key of the outbox entry.
    String key() {
        return kind == Kind.RAISED ? fault : fault + ":" + n;
    }
}
