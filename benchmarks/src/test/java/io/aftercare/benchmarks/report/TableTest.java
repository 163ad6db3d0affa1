package io.aftercare.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsStandUnderEachOther() {
        Table table = new Table("what", "rate").row("long name", "1").row("x", "12,345");

        assertThat(table.text()).isEqualTo("""
                | what      |   rate |
                | --------- | ------ |
                | long name |      1 |
                | x         | 12,345 |
                """);
    }

    @Test
    void numbersHaveAsManyDigitsAsTheyDeserve() {
        assertThat(Table.number(1_234_567.8)).isEqualTo("1,234,568");
        assertThat(Table.number(12.345)).isEqualTo("12.3");
        assertThat(Table.number(0.987)).isEqualTo("0.99");
    }
}
