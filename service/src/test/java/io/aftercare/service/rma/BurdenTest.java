package io.aftercare.service.rma;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.rma.Burden.Claim;
import io.aftercare.service.warranty.Returns;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BurdenTest {
    private static final Returns RULES = new Returns(new BigDecimal("200.00"), 7, true, true);

    @Test
    @Tag("R9")
    void aQualityReturnIsCarriedByUsWithAReasonableCompensation() {
        Burden burden = Burden.of(RULES, new Claim(RmaType.REFUND, true, 400L, false, false));
        assertThat(burden.payer()).isEqualTo(Payer.COMPANY);
        assertThat(burden.allowed()).isTrue();
        assertThat(burden.compensationMax()).isEqualByComparingTo("200");
        assertThat(burden.reason().zh()).contains("我方承担");
    }

    @Test
    @Tag("R9")
    void withoutADefectItComesBackUnusedInItsPackWithinTheTimeAndTheCustomerPays() {
        assertThat(of(7L, true, true).allowed()).isTrue();
        assertThat(of(7L, true, true).payer()).isEqualTo(Payer.CUSTOMER);
        assertThat(of(7L, true, true).compensationMax()).isEqualByComparingTo("0");
        assertThat(of(8L, true, true).reason().code()).isEqualTo("too-late");
        assertThat(of(null, true, true).allowed()).isFalse();
        assertThat(of(7L, false, true).reason().code()).isEqualTo("used");
        assertThat(of(7L, true, false).reason().code()).isEqualTo("pack-broken");
        assertThat(of(7L, true, false).allowed()).isFalse();
    }

    @Test
    @Tag("R9")
    void whatTheRulesAskIsDataOfThePolicy() {
        Returns mild = new Returns(BigDecimal.ZERO, 14, false, false);
        assertThat(Burden.of(mild, new Claim(RmaType.REFUND, false, 14L, false, false)).allowed()).isTrue();
    }

    @Test
    void aPaidRepairIsAlwaysPossibleAtTheCustomersCost() {
        Burden burden = Burden.of(RULES, new Claim(RmaType.REPAIR_RETURN, false, 900L, false, false));
        assertThat(burden.allowed()).isTrue();
        assertThat(burden.payer()).isEqualTo(Payer.CUSTOMER);
    }

    private static Burden of(@Nullable Long days, boolean unused, boolean pack) {
        return Burden.of(RULES, new Claim(RmaType.REFUND, false, days, unused, pack));
    }
}
