package io.aftercare.remote.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.remote.crash.Report.Frame;
import io.aftercare.remote.crash.Report.Module;
import io.aftercare.remote.crash.Report.Stack;
import io.aftercare.remote.crash.symbol.BuildId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Module SPOOLER = new Module("spoolerd", new BuildId("5f0caa11"), 0, 0);
    private static final Module LIBC = new Module("libc.so.6", new BuildId("a1b2c3d4"), 0, 0);

    private static Report crash(Module module, Frame... frames) {
        return new Report("", "spoolerd", "SIGSEGV", "", List.of(module, LIBC),
                List.of(new Stack("main", true, List.of(frames))));
    }

    private static String key(Report report) {
        return Fingerprint.of("LP-2000", report, "").key();
    }

    @Test
    void theSameBuildInTheSamePlacesIsOneCrash() {
        Report one = crash(SPOOLER, new Frame(0, 0x10), new Frame(0, 0x20));
        assertThat(key(one)).isEqualTo(key(crash(SPOOLER, new Frame(0, 0x10), new Frame(0, 0x20))));
        assertThat(key(one)).as("another place").isNotEqualTo(
                key(crash(SPOOLER, new Frame(0, 0x11), new Frame(0, 0x20))));
        assertThat(key(one)).as("another caller").isNotEqualTo(
                key(crash(SPOOLER, new Frame(0, 0x10), new Frame(0, 0x21))));
        Module next = new Module("spoolerd", new BuildId("5f0caa12"), 0, 0);
        assertThat(key(one)).as("another build")
                .isNotEqualTo(key(crash(next, new Frame(0, 0x10), new Frame(0, 0x20))));
        assertThat(Fingerprint.of("LP-3000", one, "").key()).as("another product").isNotEqualTo(key(one));
        assertThat(Fingerprint.of("LP-2000", one, "other words, 3").key()).as("a message says less")
                .isEqualTo(key(one));
    }

    @Test
    void aStackThatOverflowedIsTheSameHoweverDeepItWas() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int cycle = 1 + random.nextInt(4);
            String[] keys = new String[2];
            for (int i = 0; i < 2; i++) {
                List<Frame> frames = new ArrayList<>(List.of(new Frame(1, 0x500)));
                for (int depth = cycle * (1 + random.nextInt(40)); depth > 0; depth--) {
                    frames.add(new Frame(0, 0x100 + depth % cycle));
                }
                frames.add(new Frame(0, 0x900));
                keys[i] = key(crash(SPOOLER, frames.toArray(Frame[]::new)));
            }
            assertThat(keys[0]).as("seed " + seed).isEqualTo(keys[1]);
        }
    }

    @Test
    void whereAModuleWasLoadedMakesNoDifference() {
        Module here = new Module("spoolerd", new BuildId("5f0caa11"), 0x1000, 0x100);
        assertThat(key(crash(here, new Frame(0, 0x10)))).isEqualTo(key(crash(SPOOLER, new Frame(0, 0x10))));
    }

    @Test
    void withoutAStackWordsDecideAndNumbersDoNot() {
        Report bare = new Report("", "mainloop", "watchdog", "", List.of(), List.of());
        String key = Fingerprint.of("LP-2000", bare, "no answer for 3012 ms at 0x5f3a").key();
        assertThat(Fingerprint.of("LP-2000", bare, "no answer for 5000 ms at 0x11").key()).isEqualTo(key);
        assertThat(Fingerprint.of("LP-2000", bare, "out of memory").key()).isNotEqualTo(key);
        assertThat(Fingerprint.of("LP-2000", bare, "no answer for 3012 ms at 0x5f3a").title())
                .isEqualTo("watchdog of mainloop: no answer for 3012 ms at 0x5f3a");
    }

    @Test
    void theTitleSaysWhatIsKnownWithoutSymbols() {
        assertThat(Fingerprint.of("LP-2000", crash(SPOOLER, new Frame(0, 0x1a)), "").title())
                .isEqualTo("SIGSEGV in spoolerd+0x1a");
        assertThat(Fingerprint.of("LP-2000", crash(SPOOLER, new Frame(-1, 0x1a)), "").title())
                .isEqualTo("SIGSEGV in an unknown module");
    }
}
