package io.aftercare.ota.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordingTest {
    /// What each is said of, of a kind that it is said of.
    private static String said(Wording wording) {
        int gaps = (int) wording.of(facts(wording)).chars().filter(c -> c == '§').count();
        return wording.of(IntStream.range(0, gaps).mapToObj(i -> (Object) ("C" + (i + 1))).toArray());
    }

    private static Object[] facts(Wording wording) {
        for (int n = 0; n < 9; n++) {
            try {
                Object[] facts = new Object[n];
                Arrays.fill(facts, "§");
                var _ = wording.of(facts);
                return facts;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(wording.code());
            }
        }
        throw new AssertionError(wording + " has more than eight facts");
    }

    @Test
    void whatWasWrittenIsKnownAgain() {
        for (Wording wording : Wording.values()) {
            String text = said(wording);
            assertThat(Wording.read(text)).as(text).singleElement()
                    .satisfies(told -> assertThat(told.code()).isEqualTo(wording.code()))
                    .satisfies(told -> assertThat(told.facts()).hasSize(facts(wording).length))
                    .satisfies(told -> assertThat(told.text()).isEqualTo(text));
        }
    }

    @Test
    void theFactsHaveTheirNames() {
        assertThat(Wording.read(Wording.TOO_MANY_FAILED.of(1, 4, 5, 30)).getFirst().facts())
                .isEqualTo(Map.of("stage", "1", "failed", "4", "finished", "5", "percent", "30"));
    }

    @Test
    void whatIsSaidBesidesIsAPartOfItsOwn() {
        String findings = Wording.UNHEALTHY.of(2, "JAM on 4 of 5; DOOR on 3 of 5; and 1 more");
        List<Told> told = Wording.read(findings + "; " + Wording.RETURNS.of("C7", "2.3.0"));
        assertThat(told).extracting(Told::code).containsExactly("unhealthy", "returns");
        assertThat(told.getFirst().facts()).containsEntry("findings",
                "JAM on 4 of 5; DOOR on 3 of 5; and 1 more");
        assertThat(Wording.read("too hot; " + Wording.CANNOT_RETURN.of("2.4.0"))).extracting(Told::code)
                .containsExactly("", "cannot-return");
    }

    @Test
    void wordsOfPeopleAndDevicesStayAsTheyAre() {
        assertThat(Wording.read("")).isEmpty();
        assertThat(Wording.read("flash: it reads back; otherwise")).containsExactly(
                new Told("", Map.of(), "flash: it reads back; otherwise"));
        assertThat(Wording.read("the quarrel goes on").getFirst().code()).isEmpty();
        assertThat(Wording.read(Wording.WITHDRAWN.of("R1", "costs $1 {why}")).getFirst().facts())
                .containsEntry("why", "costs $1 {why}");
    }

    @Test
    void aFactTooFewIsRefused() {
        assertThatThrownBy(() -> Wording.PAUSED.of()).isInstanceOf(IllegalArgumentException.class);
    }
}
