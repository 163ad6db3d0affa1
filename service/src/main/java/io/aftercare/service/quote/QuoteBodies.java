package io.aftercare.service.quote;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people send about quotes; the OpenAPI document has checked the shape.
final class QuoteBodies {
    private static final int VALID_DAYS = 14;
    private static final int DECIMALS_MAX = 3;

    private QuoteBodies() {}

    /// The words and the price of a part as the catalogue has them.
    @FunctionalInterface
    interface PartLookup {
        /// A [Problem] 400 at `field` where there is no such part, or it may not be fitted.
        PartOffers.Offer of(String field, String part);
    }

    record Draft(List<Item> lines, @Nullable BigDecimal inspectionFee, int durationDays, String cause,
            String plan,
            String risk, @Nullable Integer validDays) {
        Terms toTerms(PartLookup parts) {
            List<Line> read = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                read.add(lines.get(i).toLine("lines[" + i + "].", parts));
            }
            Terms terms = new Terms(read,
                    inspectionFee == null ? Money.ZERO : Money.parse("inspectionFee", inspectionFee),
                    durationDays,
                    cause.strip(), plan.strip(), risk.strip(), validDays == null ? VALID_DAYS : validDays);
            var _ = Money.parse("lines", terms.total()); // what they come to is kept as an amount too
            return terms;
        }
    }

    /// @param price null for the official price of the part
    record Item(Line.Kind kind, @Nullable String part, @Nullable String text, @Nullable BigDecimal quantity,
            @Nullable BigDecimal price) {
        Line toLine(String at, PartLookup parts) {
            BigDecimal many = quantity == null ? BigDecimal.ONE : quantity;
            if (many.signum() <= 0 || many.stripTrailingZeros().scale() > DECIMALS_MAX) {
                throw Problem.invalid(at + "quantity", "more than 0 is needed, with at most three decimals");
            }
            PartOffers.Offer offer = offer(at, parts);
            BigDecimal one = price == null && offer != null ? offer.price() : price;
            if (one == null) {
                throw Problem.invalid(at + "price", offer == null
                        ? "say the price of one"
                        : "part " + part
                                + " has no official price today; say one, or set it at POST /api/v1/parts/"
                                + part + "/prices");
            }
            BigDecimal each = Money.parse(at + "price", one);
            String words = text == null || text.isBlank()
                    ? offer == null ? kind.words() : offer.name()
                    : text.strip();
            return new Line(kind, part, words,
                    many.stripTrailingZeros().scale() < 0 ? many.setScale(0) : many, each,
                    Money.times(each, many));
        }

        private PartOffers.@Nullable Offer offer(String at, PartLookup parts) {
            if (kind != Line.Kind.PART) {
                if (part != null) {
                    throw Problem.invalid(at + "part", "only a line of kind part names a part");
                }
                return null;
            }
            if (part == null) {
                throw Problem.invalid(at + "part", "say which part");
            }
            return parts.of(at + "part", part);
        }
    }

    /// @param total what was read out to the customer
    record Verdict(String decision, String channel, String note, @Nullable BigDecimal total) {
        boolean isAccepted() {
            return decision.equals("accepted");
        }
    }

    /// @param shown the hash of the wording that the page showed
    record Answer(String shown, @Nullable String note) {}

    record Waiver(String reason) {}

    record Asking(String part, String why) {}

    record Consenting(String part, boolean granted, String channel, String note) {}

    record Agreeing(String part, boolean granted, String shown) {}
}
