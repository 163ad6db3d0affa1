package io.aftercare.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicketNameTest {
    @Test
    void idAndNumberAreOneName() {
        for (String written : new String[]{"12", "0012", "T-12", "T-000012"}) {
            assertThat(TicketName.number(written)).as(written).isEqualTo("T-000012");
        }
        assertThat(TicketName.number("T-1234567")).isEqualTo("T-1234567");
    }

    @Test
    void whatIsNeitherStaysAsItIs() {
        for (String written : new String[]{"", "T-", "twelve", "T-12a", "9".repeat(30)}) {
            assertThat(TicketName.number(written)).as(written).isEqualTo(written);
        }
    }
}
