package io.aftercare.service.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftercare.service.supplier.Evaluation.Count;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    @Tag("R47")
    void aSupplierWhosePartsFailMoreOftenThanAnothersIsToBeReplaced() {
        Evaluation evaluation = Evaluation.of("acme", List.of(new Count("BELT", "acme", 40, 12),
                new Count("BELT", "best", 50, 2), new Count("LAMP", "acme", 10, 0),
                new Count("LAMP", "best", 10, 0)));
        assertThat(evaluation.rate()).isCloseTo(0.24, within(1e-9));
        assertThat(evaluation.replace()).singleElement().satisfies(one -> {
            assertThat(one.part()).isEqualTo("BELT");
            assertThat(one.by()).isEqualTo("best");
            assertThat(one.text()).contains("12 of 40", "2 of 50");
        });
        // Wilson's interval of 12 in 40, as statistics tables have it.
        assertThat(evaluation.parts().getFirst().low()).isCloseTo(0.181, within(0.001));
        assertThat(evaluation.parts().getFirst().high()).isCloseTo(0.454, within(0.001));
    }

    @Test
    @Tag("R47")
    void oneUnluckyPartIsNoReasonToChange() {
        Evaluation evaluation = Evaluation.of("acme",
                List.of(new Count("BELT", "acme", 3, 1), new Count("BELT", "best", 20, 0)));
        assertThat(evaluation.replace()).isEmpty();
        assertThat(Evaluation.of("new", List.of()).rate()).isNull();
    }
}
