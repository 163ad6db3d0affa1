package io.aftercare.service.ticket;

import static io.aftercare.service.ticket.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.ticket.FaultRouting.Candidate;
import io.aftercare.service.ticket.FaultRouting.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultRoutingTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Instant SOLVED = T0.plus(Duration.ofHours(1));

    private static Route route(TicketState state, Instant at) {
        return FaultRouting.decide(Optional.of(new Candidate(7, state, T0,
                state.isSolved() ? Optional.of(SOLVED) : Optional.empty())), at, MONTH);
    }

    @Test
    void aFaultThatNobodyKnowsOpensACase() {
        assertThat(FaultRouting.decide(Optional.empty(), T0, MONTH)).isEqualTo(new FaultRouting.OpenNew());
    }

    @Test
    void anOpenCaseTakesTheFaultInWhateverItsTime() {
        assertThat(route(TicketState.WAITING_PARTS, T0.minus(MONTH))).isEqualTo(new FaultRouting.Join(7));
        assertThat(route(TicketState.REOPENED, T0.plus(MONTH))).isEqualTo(new FaultRouting.Join(7));
    }

    @Test
    void aSolvedCaseIsReopenedForThirtyDaysAndThenNoMore() {
        assertThat(route(TicketState.CLOSED, SOLVED.plus(MONTH))).isEqualTo(new FaultRouting.Reopen(7));
        assertThat(route(TicketState.CLOSED, SOLVED.plus(MONTH).plusSeconds(1)))
                .isEqualTo(new FaultRouting.OpenNew());
    }

    @Test
    void newsOfBeforeTheSolutionReopensNothing() {
        assertThat(route(TicketState.RESOLVED, SOLVED)).isEqualTo(new FaultRouting.Late(7));
    }
}
