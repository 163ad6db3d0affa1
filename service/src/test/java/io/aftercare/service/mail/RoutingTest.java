package io.aftercare.service.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.mail.Routing.Answer;
import io.aftercare.service.mail.Routing.Facts;
import io.aftercare.service.mail.Routing.Ignored;
import io.aftercare.service.mail.Routing.Noted;
import io.aftercare.service.mail.Routing.Open;
import org.junit.jupiter.api.Test;

class RoutingTest {
    @Test
    void aLetterGoesWhereItBelongs() {
        assertThat(Routing.of(new Facts(false, false, null, false, false, 0, null)))
                .isEqualTo(new Open(null));
        assertThat(Routing.of(new Facts(false, false, 7L, true, false, 0, 7L))).isEqualTo(new Answer(7));
        assertThat(Routing.of(new Facts(false, false, 7L, false, false, 0, null))).isEqualTo(new Open(7L));
        assertThat(Routing.of(new Facts(false, false, 7L, true, true, 0, null))).isEqualTo(new Open(7L));
    }

    @Test
    void aLoopIsBroken() {
        assertThat(Routing.of(new Facts(true, false, 7L, true, false, 0, null))).isInstanceOf(Ignored.class);
        assertThat(Routing.of(new Facts(false, true, null, false, false, 0, null)))
                .isInstanceOf(Ignored.class);
        assertThat(Routing.of(new Facts(false, true, 7L, true, false, 0, null))).isInstanceOf(Noted.class);
        assertThat(Routing.of(new Facts(false, false, null, false, false, Routing.HOURLY_MAX, 9L)))
                .isEqualTo(new Noted(9, "One more letter of a sender who writes very often", true));
        assertThat(Routing.of(new Facts(false, false, null, false, false, Routing.HOURLY_MAX - 1, 9L)))
                .isEqualTo(new Open(null));
    }
}
