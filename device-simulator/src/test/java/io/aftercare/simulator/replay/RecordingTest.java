package io.aftercare.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingTest {
    @Test
    void cellsBecomeNumbersBooleansAndTexts() {
        Recording recording = Recording.of("time,temp,door,mode,blank");
        Recording.Row row = recording.row("2026-01-01 00:00:01,21.5,true,\"warm, \"\"up\"\"\",");
        assertThat(row.ts()).isEqualTo(1_767_225_601_000L);
        assertThat(row.values()).isEqualTo(Map.of("temp", 21.5, "door", true, "mode", "warm, \"up\""));
    }

    @Test
    void whatIsNoFiniteNumberIsAText() {
        Recording recording = Recording.of("t,a,b");
        assertThat(recording.row("0,NaN,1e999").values()).isEqualTo(Map.of("a", "NaN", "b", "1e999"));
    }

    @Test
    void namesAreMadeFit() {
        assertThat(Recording.of("t,fuser temp,fuser temp,," + "x".repeat(70)).metrics()).containsExactly(
                "fuser_temp",
                "column_3", "column_4", "x".repeat(64));
    }

    @Test
    void theCommonFormsOfTimeAreRead() {
        for (String form : new String[]{"2026-01-01T00:00:00Z", "2026-01-01 00:00:00",
                "2026-01-01T01:00:00+01:00",
                "2026-01-01", "1767225600", "1767225600000", "2026/01/01 00:00:00", "2026-01-01T00:00",
                "2026-01-01 02:00:00+02"}) {
            assertThat(Timestamp.parse(form)).as(form).isEqualTo(1_767_225_600_000L);
        }
        assertThat(Timestamp.parse("2026-01-01 00:00:00.250")).isEqualTo(1_767_225_600_250L);
    }

    @Test
    void aBadLineSaysWhatIsWrong() {
        Recording recording = Recording.of("t,a");
        assertThatThrownBy(() -> recording.row("yesterday,1")).hasMessageContaining("yesterday");
        assertThatThrownBy(() -> recording.row("0,1,2")).hasMessageContaining("3 cells");
        assertThatThrownBy(() -> recording.row("0,\"1")).hasMessageContaining("quote");
        assertThatThrownBy(() -> recording.row("0,")).hasMessageContaining("no values");
        assertThatThrownBy(() -> Recording.of("time")).hasMessageContaining("header");
    }

    @Test
    void anyGarbageIsEitherARowOrARefusal() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        Recording recording = Recording.of("t,a,b");
        String alphabet = "0123456789,-:. \"TZeE+ax\u00e9";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int c = random.nextInt(30); c > 0; c--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(recording.row(line.toString()).values()).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d, line '%s'", seed, line).hasMessageMatching("(?s).+");
            }
        }
    }
}
