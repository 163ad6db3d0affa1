package io.aftercare.fleet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FisherTest {
    private static BigInteger choose(int n, int k) {
        BigInteger product = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            product = product.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return k < 0 || k > n ? BigInteger.ZERO : product;
    }

    /// The definition, in whole numbers.
    private static double exact(int affected, int exposed, int affectedOthers, int exposedOthers) {
        int drawn = affected + affectedOthers;
        BigInteger tail = BigInteger.ZERO;
        for (int k = affected; k <= Math.min(exposed, drawn); k++) {
            tail = tail.add(choose(exposed, k).multiply(choose(exposedOthers, drawn - k)));
        }
        return new BigDecimal(tail).divide(new BigDecimal(choose(exposed + exposedOthers, drawn)),
                MathContext.DECIMAL64).doubleValue();
    }

    @Test
    void theTailIsWhatWholeNumbersSay() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int exposed = 1 + random.nextInt(600);
            int others = 1 + random.nextInt(600);
            int affected = random.nextInt(Math.min(exposed, 40) + 1);
            int affectedOthers = random.nextInt(Math.min(others, 40) + 1);
            double expected = exact(affected, exposed, affectedOthers, others);
            assertThat(Fisher.upperTail(affected, exposed, affectedOthers, others)).as("seed %d", seed)
                    .isCloseTo(expected, within(1e-9 * expected + 1e-300));
        }
    }

    @Test
    void theLadyTastingTea() {
        assertThat(Fisher.upperTail(4, 4, 0, 4)).isCloseTo(1.0 / 70, within(1e-12));
        assertThat(Fisher.upperTail(3, 4, 1, 4)).isCloseTo(17.0 / 70, within(1e-12));
    }
}
