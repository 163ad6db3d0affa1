package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleStateTest {
    /// A line of verdicts, one each second: `T` condition true, `F` false, `U` unknown, `C` false and the end true; what is
    /// open after each, and the signals: `+` raised, `*` raised again, `-` cleared.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 | FTTC    | .oo.    | at once where there is nothing to wait for     | .+.-
            2 | 0 | TTTT    | ..oo    | after the wait                                 | ..+.
            2 | 0 | TTFTTT  | .....o  | the wait begins anew where it was broken       | .....+
            2 | 0 | TTUTTT  | .....o  | unknown breaks the wait too                    | .....+
            0 | 0 | UUTUU   | ..ooo   | unknown opens nothing and clears nothing       | ..+..
            0 | 2 | TCCC    | ooo.    | the end has to hold                            | +..-
            0 | 2 | TCFCC   | ooooo   | between the two, the end begins anew           | +....
            0 | 2 | TCUCC   | ooooo   | and so it does at unknown                      | +....
            0 | 2 | TCTCCC  | ooooo.  | raised again while it was recovering           | +.*..-
            0 | 0 | TFFF    | oooo    | neither true nor ended: it stays               | +...
            0 | 0 | TCTC    | o.o.    | without a wait it comes and goes               | +-+-
            """)
    void aFaultOpensAndEndsAsItsRuleSays(int holds, int clears, String verdicts, String open, String why,
            String signals) {
        Timing timing = new Timing(holds * 1_000_000L, clears * 1_000_000L, 0, 0, 0);
        RuleState state = new RuleState();
        StringBuilder seen = new StringBuilder();
        StringBuilder heard = new StringBuilder();
        for (int second = 0; second < verdicts.length(); second++) {
            char verdict = verdicts.charAt(second);
            Signal signal = state.step(timing, verdict == 'T' ? 1 : verdict == 'U' ? -1 : 0,
                    verdict == 'C' ? 1 : verdict == 'U' ? -1 : 0, second * 1_000_000L);
            seen.append(state.phase().isOpen() ? 'o' : '.');
            heard.append(switch (signal) {
                case NONE -> '.';
                case RAISED -> '+';
                case RAISED_AGAIN -> '*';
                case CLEARED -> '-';
            });
        }
        assertThat(seen.toString()).as(why).isEqualTo(open);
        assertThat(heard.toString()).as(why).isEqualTo(signals);
    }

    @Test
    void aFaultThatComesAndGoesTooOftenStaysUntilItHasKeptCalm() {
        Timing timing = new Timing(0, 0, 3, 10_000_000, 20_000_000);
        RuleState state = new RuleState();
        assertThat(state.step(timing, 1, 0, 0)).isEqualTo(Signal.RAISED);
        assertThat(state.step(timing, 0, 1, 1_000_000)).isEqualTo(Signal.CLEARED);
        assertThat(state.step(timing, 1, 0, 2_000_000)).isEqualTo(Signal.RAISED);
        assertThat(state.step(timing, 0, 1, 3_000_000)).isEqualTo(Signal.CLEARED);
        assertThat(state.step(timing, 1, 0, 4_000_000)).isEqualTo(Signal.RAISED);
        assertThat(state.step(timing, 0, 1, 5_000_000)).as("held").isEqualTo(Signal.NONE);
        assertThat(state.step(timing, 1, 0, 6_000_000)).isEqualTo(Signal.RAISED_AGAIN);
        assertThat(state.step(timing, 0, 1, 7_000_000)).isEqualTo(Signal.NONE);
        assertThat(state.step(timing, 0, 1, 25_999_999)).as("20 s after the last raise")
                .isEqualTo(Signal.NONE);
        assertThat(state.step(timing, 0, 1, 26_000_000)).isEqualTo(Signal.CLEARED);
        assertThat(state.step(timing, 1, 0, 60_000_000)).isEqualTo(Signal.RAISED);
        assertThat(state.step(timing, 0, 1, 61_000_000)).as("seldom enough").isEqualTo(Signal.CLEARED);
    }
}
