package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What the desk suggests for a case, by what is covered and how bad it is (R2, R10): pure.
///
/// @param zh why, in Chinese
/// @param en why, in English
public record Advice(Step step, String zh, String en) {
    /// What to do first.
    public enum Step {
        REMOTE_FIRST,
        REPAIR,
        EXCHANGE,
        RETURN_OR_EXCHANGE,
        /// Not free: a quote has to be accepted before anything is done.
        QUOTE;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }
    }

    /// @param isSerious whether the device cannot be used as it is meant to be
    public static Advice of(Entitlement entitlement, boolean isSerious) {
        if (!entitlement.covered()) {
            return new Advice(Step.QUOTE, "不在保修范围内：先远程指导，需要维修时先报价并征得同意",
                    "Not covered: guide from afar, and quote before any repair");
        }
        if (!isSerious) {
            return new Advice(Step.REMOTE_FIRST, "轻微质量问题：先远程支持，无效再免费维修",
                    "A minor quality fault: remote support first, a free repair if it does not help");
        }
        if (entitlement.offers(Remedy.REFUND)) {
            return new Advice(Step.RETURN_OR_EXCHANGE, "严重质量问题，仍在退货期内：建议退货或换货",
                    "A serious quality fault while the refund is open: suggest a return or an exchange");
        }
        if (entitlement.offers(Remedy.EXCHANGE) || entitlement.freeExchange()) {
            return new Advice(Step.EXCHANGE, "严重质量问题，可免费换货：建议换货",
                    "A serious quality fault with a free exchange open: suggest an exchange");
        }
        return new Advice(Step.REPAIR, "严重质量问题，在保修期内：免费维修或更换部件",
                "A serious quality fault under warranty: repair or replace parts free");
    }
}
