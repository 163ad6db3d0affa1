package io.aftercare.diagnostics.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitTest {
    @Test
    void everyComparisonWithAPlainNumberIsALimitOfItsMetric() {
        Layout layout = new Layout();
        Expression expression = Language.condition(
                "temp > 80 && (avg(rpm, \"5m\") <= 3 || -5 < temp) && events(\"E\", \"1h\") > 2 && temp > rpm");
        assertThat(expression.limits(layout))
                .extracting(limit -> limit.metric() + " " + limit.operator() + " " + limit.threshold())
                .containsExactly("temp > 80.0", "rpm <= 3.0", "temp > -5.0");
    }
}
