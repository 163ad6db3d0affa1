package io.aftercare.service.rma;

import io.aftercare.service.money.Money;
import io.aftercare.service.warranty.Reason;
import io.aftercare.service.warranty.Returns;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Who bears the carriage of a return, whether it may be made at all, and how much may be given for the trouble (R9): pure.
///
/// @param payer           of carriage in both directions
/// @param allowed         whether the rules have room for it
/// @param compensationMax the most for the customer's trouble
/// @param reason          in words
public record Burden(Payer payer, boolean allowed, BigDecimal compensationMax, Reason reason) {
    /// What is known of the goods.
    ///
    /// @param quality       whether a defect of ours is the reason, as claimed, or as the inspection found
    /// @param daysInHand    since the purchase, null where that is not known
    /// @param unused        whether it was not used
    /// @param packIntact    whether its packing is whole
    public record Claim(RmaType type, boolean quality, @Nullable Long daysInHand, boolean unused,
            boolean packIntact) {}

    public static Burden of(Returns rules, Claim claim) {
        if (claim.quality()) {
            return new Burden(Payer.COMPANY, true, rules.compensationMax(), new Reason("quality-defect",
                    "质量问题：往返运费由我方承担，并可给予合理补偿",
                    "A quality defect: we pay the carriage both ways and a reasonable compensation"));
        }
        if (claim.type() == RmaType.REPAIR_RETURN) {
            return customer(true, "no-defect-of-ours", "非质量问题：往返运费由客户承担",
                    "Not a quality defect: the customer pays the carriage");
        }
        Long days = claim.daysInHand();
        if (days == null || days > rules.nonQualityDays()) {
            return customer(false, "too-late", "非质量问题的退换货须在购买后 " + rules.nonQualityDays() + " 日内提出",
                    "Without a quality defect it may come back within " + rules.nonQualityDays()
                            + " days after the purchase");
        }
        if (rules.nonQualityUnused() && !claim.unused()) {
            return customer(false, "used", "非质量问题的退换货要求商品未使用",
                    "Without a quality defect it may come back unused only");
        }
        if (rules.nonQualityPackIntact() && !claim.packIntact()) {
            return customer(false, "pack-broken", "非质量问题的退换货要求包装完好",
                    "Without a quality defect it may come back in its whole packing only");
        }
        return customer(true, "within-time", "非质量问题，符合退换货条件：运费由客户承担",
                "Not a quality defect, and within the rules: the customer pays the carriage");
    }

    private static Burden customer(boolean allowed, String code, String zh, String en) {
        return new Burden(Payer.CUSTOMER, allowed, Money.ZERO, new Reason(code, zh, en));
    }
}
