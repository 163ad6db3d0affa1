package io.aftercare.remote.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.MutableClock;
import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedRestartsTest {
    private static final DeviceId DEVICE = new DeviceId("D-1");

    private final MutableClock clock = new MutableClock();
    private boolean live = true;
    private final AskedRestarts asked = new AskedRestarts((_, _, _) -> live,
            (_, action) -> action.equals("reboot"), clock);

    private boolean send(String id, String action) {
        return asked.send(DEVICE, "actions/" + id, ("{\"action\":\"" + action + "\"}").getBytes(UTF_8));
    }

    private Optional<String> boot() {
        return asked.explain(DEVICE, clock.instant());
    }

    @Test
    void anActionExplainsOneStartAndThatAgain() {
        assertThat(boot()).isEmpty();
        assertThat(send("a-1", "reboot")).isTrue();
        clock.pass(Duration.ofSeconds(20));
        assertThat(boot()).contains("action a-1");
        assertThat(boot()).as("told again").contains("action a-1");
        clock.pass(Duration.ofSeconds(20));
        assertThat(boot()).as("another one").isEmpty();
        assertThat(send("a-1", "reboot")).isTrue();
        assertThat(boot()).as("the action sent again").isEmpty();
    }

    @Test
    void otherActionsAndWhatWasNotSentExplainNothing() {
        assertThat(send("a-1", "ping")).isTrue();
        assertThat(boot()).isEmpty();
        live = false;
        assertThat(send("a-2", "reboot")).isFalse();
        assertThat(boot()).isEmpty();
    }

    @Test
    void whatTakesTooLongIsAFaultAgain() {
        assertThat(send("a-1", "reboot")).isTrue();
        clock.pass(AskedRestarts.PATIENCE.plusSeconds(1));
        assertThat(boot()).isEmpty();
    }

    @Test
    void aBacklogOfOldStartsIsNotExplainedButAClockThatIsNotSetIs() {
        assertThat(send("a-1", "reboot")).isTrue();
        assertThat(asked.explain(DEVICE, clock.instant().minus(Duration.ofHours(3)))).isEmpty();
        assertThat(asked.explain(DEVICE, Instant.EPOCH.plusSeconds(7))).contains("action a-1");
    }

    @Test
    void anUpdateExplainsThreeStartsUntilItEnds() {
        asked.updating(DEVICE, "r-1", "downloading");
        assertThat(boot()).isEmpty();
        asked.updating(DEVICE, "r-1", "installing");
        asked.updating(DEVICE, "r-1", "rebooting");
        for (int start = 0; start < 3; start++) {
            clock.pass(Duration.ofSeconds(1));
            assertThat(boot()).contains("update r-1");
        }
        clock.pass(Duration.ofSeconds(1));
        assertThat(boot()).isEmpty();
        asked.updating(DEVICE, "r-1", "confirmed");
        asked.updating(DEVICE, "r-2", "rebooting");
        asked.updating(DEVICE, "r-2", "rolled_back");
        assertThat(boot()).isEmpty();
    }

    /// By dice: never more starts are explained than were asked for, and none that was not.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noMoreIsExplainedThanWasAskedFor(long seed) {
        Random dice = new Random(seed);
        int allowed = 0;
        int explained = 0;
        Instant lastAsked = Instant.EPOCH;
        for (int step = 0; step < 500; step++) {
            clock.pass(Duration.ofSeconds(1 + dice.nextInt(400)));
            if (dice.nextBoolean()) {
                live = dice.nextBoolean();
                if (send("a-" + step, "reboot")) {
                    allowed++;
                    lastAsked = clock.instant();
                }
            } else if (boot().isPresent()) {
                explained++;
                assertThat(Duration.between(lastAsked, clock.instant())).as("seed " + seed + " step " + step)
                        .isLessThanOrEqualTo(AskedRestarts.PATIENCE);
            }
            assertThat(explained).as("seed " + seed + " step " + step).isLessThanOrEqualTo(allowed);
        }
        assertThat(explained).as("seed " + seed).isPositive();
    }
}
