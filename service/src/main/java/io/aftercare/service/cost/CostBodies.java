package io.aftercare.service.cost;

import io.aftercare.fleet.http.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The bodies of the requests about costs.
final class CostBodies {
    private CostBodies() {}

    /// An amount with how it came about.
    record Sum(BigDecimal amount, String basis) {}

    /// An entry as somebody sends it: `amount`, or time and rate, or pieces and their price.
    record Add(@Nullable String ticket, String kind, @Nullable BigDecimal amount, @Nullable Integer minutes,
            @Nullable BigDecimal hourlyRate, @Nullable Integer pieces, @Nullable BigDecimal piecePrice,
            String text, @Nullable String reference, @Nullable String voucher, @Nullable String department,
            @Nullable Instant at) {
        NewCost toCost(@Nullable Long caseId, String who, Instant now) {
            CostKind known = CostKind.parse(kind)
                    .orElseThrow(() -> Problem.invalid("kind", "there is no kind of cost " + kind));
            Sum sum = sum();
            Instant when = Objects.requireNonNullElse(at, now);
            if (when.isAfter(now)) {
                throw Problem.invalid("at", "a cost is entered when it has been spent, not before");
            }
            return new NewCost(caseId, known, sum.amount(), sum.basis(), text.strip(),
                    Objects.requireNonNullElse(reference, ""), voucher,
                    Objects.requireNonNullElse(department, known.department()), when, who, null, null);
        }

        private Sum sum() {
            long ways = Stream.of(amount != null, minutes != null && hourlyRate != null,
                    pieces != null && piecePrice != null).filter(given -> given).count();
            if (ways != 1) {
                throw Problem.invalid("amount",
                        "say amount, or minutes with hourlyRate, or pieces with piecePrice: one of the three");
            }
            if (minutes != null && hourlyRate != null) {
                return new Sum(inField("hourlyRate", () -> Amount.ofTime(minutes, Amount.exact(hourlyRate))),
                        minutes + " min × " + hourlyRate.toPlainString() + "/h");
            }
            if (pieces != null && piecePrice != null) {
                return new Sum(inField("piecePrice", () -> Amount.ofPieces(pieces, Amount.exact(piecePrice))),
                        pieces + " × " + piecePrice.toPlainString());
            }
            return new Sum(CostBodies.amount(Objects.requireNonNull(amount)), "");
        }
    }

    /// What may be corrected in a draft; null leaves as it is.
    record Edit(@Nullable BigDecimal amount, @Nullable String text, @Nullable String voucher,
            @Nullable String department) {
        CostEntry of(CostEntry entry) {
            return new CostEntry(entry.id(), entry.version(), entry.ticket(), entry.kind(),
                    amount == null ? entry.amount() : CostBodies.amount(amount), entry.basis(),
                    Objects.requireNonNullElse(text, entry.text()), entry.reference(),
                    voucher == null ? entry.voucher() : voucher,
                    Objects.requireNonNullElse(department, entry.department()), entry.period(), entry.at(),
                    entry.state(), entry.model(), entry.region(), entry.grade(), entry.enteredBy(),
                    entry.verifiedBy(), entry.verifiedAt(), entry.settledBy(), entry.settledAt(),
                    entry.reverses());
        }
    }

    record Verify(@Nullable String voucher) {}

    record Counter(String reason) {}

    record Budget(BigDecimal amount) {}

    /// A [Problem] 400 where it is no amount.
    static BigDecimal amount(BigDecimal given) {
        return inField("amount", () -> Amount.exact(given));
    }

    private static BigDecimal inField(String field, Supplier<BigDecimal> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, String.valueOf(e.getMessage()));
        }
    }
}
