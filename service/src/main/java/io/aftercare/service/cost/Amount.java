package io.aftercare.service.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Sums of money in the currency of the installation, in hundredths. Pure.
final class Amount {
    static final BigDecimal ZERO = new BigDecimal("0.00");
    private static final BigDecimal MAX = new BigDecimal("999999999999.99");
    private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

    private Amount() {}

    /// @throws IllegalArgumentException where it has parts of hundredths, or is too large to be kept
    static BigDecimal exact(BigDecimal amount) {
        if (amount.stripTrailingZeros().scale() > 2 || amount.abs().compareTo(MAX) > 0) {
            throw new IllegalArgumentException(amount.toPlainString()
                    + " is no amount; two decimals at most, and at most " + MAX.toPlainString());
        }
        return amount.setScale(2, RoundingMode.UNNECESSARY);
    }

    /// Time at a rate for an hour, rounded half up to hundredths (R49).
    static BigDecimal ofTime(int minutes, BigDecimal hourlyRate) {
        return exact(
                hourlyRate.multiply(BigDecimal.valueOf(minutes)).divide(MINUTES, 2, RoundingMode.HALF_UP));
    }

    /// Work by the piece (R49).
    static BigDecimal ofPieces(int pieces, BigDecimal piecePrice) {
        return exact(piecePrice.multiply(BigDecimal.valueOf(pieces)).setScale(2, RoundingMode.HALF_UP));
    }

    /// What one of `count` comes to; null where there is none.
    static @Nullable BigDecimal each(BigDecimal whole, int count) {
        return count == 0 ? null : whole.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
    }

    /// What share of `whole` a part is, in hundredths of a per cent; null where there is no whole.
    static @Nullable BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.divide(whole, 4, RoundingMode.HALF_UP);
    }
}
