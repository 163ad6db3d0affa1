package io.aftercare.service.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
    @Test
    void oneNumberWrittenInManyWaysIsOneNumber() {
        for (String phone : List.of("+86 10 1234-5678", "0086 (10) 12345678", "010 1234 5678",
                "+86.10.1234.5678 x12", "+86 10 1234 5678", "０１０－１２３４５６７８")) {
            assertThat(Reach.ofPhone(phone)).as(phone).contains(new Reach("phone:861012345678"));
        }
        assertThat(Reach.ofPhone("+49 30 1234567")).contains(new Reach("phone:49301234567"));
        assertThat(Reach.ofPhone("13812345678")).isEqualTo(Reach.ofPhone("+86 138 1234 5678"));
    }

    @Test
    void whatIsNoNumberReachesNobody() {
        assertThat(Reach.ofPhone("1234")).isEmpty();
        assertThat(Reach.ofPhone("")).isEmpty();
        assertThat(Reach.ofPhone(null)).isEmpty();
        assertThat(Reach.ofEmail(" ")).isEmpty();
    }

    @Test
    void anAddressIsComparedWithoutCase() {
        assertThat(Reach.ofEmail(" Li.Wei@Example.ORG ")).contains(new Reach("email:li.wei@example.org"));
    }
}
