package io.aftercare.service.similar;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.similar.Remedies.Remedy;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {
    private static Attempt attempt(String number, String cause, String done, boolean held) {
        return new Attempt(number, cause, done, held);
    }

    @Test
    void whatHeldOftenStandsBeforeWhatHeldOnceAndWhatNeverDid() {
        List<Remedy> ranked = Remedies.ranked(List.of(attempt("T-6", "dust", "cleaned", false),
                attempt("T-5", "loose plug", "", true), attempt("T-4", "Worn roller!", "new roller", true),
                attempt("T-3", "worn  roller", "", true), attempt("T-2", "worn roller", "turned it", true),
                attempt("T-1", "worn roller", "oiled", false)));
        assertThat(ranked).extracting(Remedy::cause).containsExactly("Worn roller!", "loose plug", "dust");
        Remedy roller = ranked.get(0);
        assertThat(roller.remedy()).isEqualTo("new roller");
        assertThat(roller.tried()).isEqualTo(4);
        assertThat(roller.worked()).isEqualTo(3);
        assertThat(roller.rate()).isEqualTo(0.75);
        assertThat(roller.tickets()).containsExactly("T-4", "T-3", "T-2", "T-1");
    }

    @Test
    void nothingIsRankedWhereNothingWasTried() {
        assertThat(Remedies.ranked(List.of())).isEmpty();
    }
}
