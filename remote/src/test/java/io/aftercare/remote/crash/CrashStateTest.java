package io.aftercare.remote.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrashStateTest {
    @Test
    void newsAlwaysBringsACrashBackToWork() {
        for (CrashState state : CrashState.values()) {
            assertThat(state.after(CrashEvent.NEWS)).as(state.text()).contains(CrashState.PENDING);
        }
    }

    @Test
    void onlyWhatWaitsIsWorkedOut() {
        for (CrashState state : CrashState.values()) {
            for (CrashEvent event : CrashEvent.values()) {
                assertThat(state.after(event).isPresent()).as(state + " " + event)
                        .isEqualTo(state == CrashState.PENDING
                                || state == CrashState.SYMBOLIZER_MISSING || event == CrashEvent.NEWS);
            }
        }
    }

    @Test
    void theNamesOutsideAreRead() {
        for (CrashState state : CrashState.values()) {
            assertThat(CrashState.parse(state.text())).isEqualTo(state);
        }
        assertThat(CrashState.SYMBOLS_MISSING.text()).isEqualTo("symbols-missing");
    }
}
