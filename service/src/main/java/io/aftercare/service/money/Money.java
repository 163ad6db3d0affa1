package io.aftercare.service.money;

import io.aftercare.fleet.http.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Amounts as the desk keeps them: not negative, two decimals, below 10^12, in the currency of the installation.
public final class Money {
    public static final BigDecimal ZERO = new BigDecimal("0.00");
    private static final BigDecimal END = new BigDecimal("1000000000000");

    private Money() {}

    /// An amount that somebody sent, with exactly two decimals; a [Problem] 400 that names the field where it is none.
    public static BigDecimal parse(String field, BigDecimal sent) {
        if (sent.signum() < 0 || sent.compareTo(END) >= 0) {
            throw Problem.invalid(field, "an amount from 0 to 999999999999.99 is needed");
        }
        if (sent.stripTrailingZeros().scale() > 2) {
            throw Problem.invalid(field, "an amount has two decimals, such as 12.50");
        }
        return sent.setScale(2, RoundingMode.UNNECESSARY);
    }

    /// What so many cost.
    public static BigDecimal times(BigDecimal price, BigDecimal quantity) {
        return price.multiply(quantity).setScale(2, RoundingMode.HALF_UP);
    }
}
