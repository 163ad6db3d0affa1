package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Event;
import io.aftercare.simulator.ota.BootState.Slot;
import io.aftercare.simulator.ota.BootState.Staged;
import io.aftercare.simulator.ota.BootState.Trying;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootloaderTest {
    @TempDir
    Path folder = Path.of("");

    private static Image image(String version, long counter, String fault) {
        return new Image("r-" + version, version, counter, Map.of("fuserControl", "fixed"), null, fault);
    }

    @Test
    void everyTransitionIsAsInTheTable() {
        for (Slot slot : Slot.values()) {
            assertThat(new Committed(slot).next(Event.IMAGE_WRITTEN)).isEqualTo(new Staged(slot));
            assertThat(new Committed(slot).next(Event.BOOTED)).isEqualTo(new Committed(slot));
            assertThat(new Staged(slot).next(Event.IMAGE_WRITTEN)).isEqualTo(new Staged(slot));
            assertThat(new Staged(slot).next(Event.BOOTED)).isEqualTo(new Trying(slot));
            assertThat(new Trying(slot).next(Event.CHECK_PASSED)).isEqualTo(new Committed(slot.other()));
            assertThat(new Trying(slot).next(Event.CHECK_FAILED)).isEqualTo(new Committed(slot));
            assertThat(new Trying(slot).next(Event.BOOTED)).isEqualTo(new Committed(slot));
            for (BootState state : new BootState[]{new Committed(slot), new Staged(slot)}) {
                assertThatThrownBy(() -> state.next(Event.CHECK_PASSED))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> state.next(Event.CHECK_FAILED))
                        .isInstanceOf(IllegalStateException.class);
            }
            assertThatThrownBy(() -> new Trying(slot).next(Event.IMAGE_WRITTEN))
                    .hasMessageContaining("IMAGE_WRITTEN");
        }
    }

    @Test
    void aGoodImageIsKeptAndRaisesTheCounter() throws IOException {
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        memory.stage(image("2.4.0", 240, ""));
        assertThat(memory.running().version()).isEqualTo("2.3.1");
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.4.0");
        DeviceMemory later = DeviceMemory.open(folder, "2.3.1");
        assertThat(later.content().counter()).isEqualTo(240);
        assertThat(later.content().report().state()).isEqualTo("confirmed");
        assertThat(Bootloader.boot(later).behaviour().is("fuserControl", "fixed")).isTrue();
    }

    @Test
    void aBadImageIsRolledBackAndLeavesTheCounter() throws IOException {
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        memory.stage(image("2.4.0", 240, "self-check: fail"));
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.3.1");
        assertThat(memory.content().counter()).isZero();
        assertThat(memory.content().report())
                .isEqualTo(new DeviceMemory.Report("r-2.4.0", "rolled_back", "self-check: fail"));
    }

    @Test
    void aPowerCutDuringTheTrialRollsBack() throws IOException {
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        memory.stage(image("2.4.0", 240, ""));
        memory.change(
                now -> new DeviceMemory.Content(now.boot().next(Event.BOOTED), now.images(), now.counter(),
                        now.boots(), now.report()));
        DeviceMemory afterCut = DeviceMemory.open(folder, "2.3.1");
        assertThat(Bootloader.boot(afterCut).version()).isEqualTo("2.3.1");
        assertThat(afterCut.content().report().state()).isEqualTo("rolled_back");
    }

    @Test
    void whateverHappensAnImageThatStartsIsThereAndTheCounterNeverFalls() throws IOException {
        long seed = 77;
        Random random = new Random(seed);
        DeviceMemory memory = DeviceMemory.open(folder, "1.0");
        long counter = 0;
        for (int i = 1; i < 300; i++) {
            if (random.nextBoolean()) {
                memory.stage(image("1." + i, i, random.nextInt(3) == 0 ? "self-check: fail" : ""));
            }
            if (random.nextInt(4) == 0) {
                memory = DeviceMemory.open(folder, "1.0");
            }
            Image running = Bootloader.boot(memory);
            assertThat(running.fault()).as("seed %d, step %d", seed, i).isEmpty();
            assertThat(memory.content().boot()).isInstanceOf(Committed.class);
            assertThat(memory.content().counter()).as("seed %d, step %d", seed, i)
                    .isGreaterThanOrEqualTo(counter);
            counter = memory.content().counter();
        }
        assertThat(counter).isPositive();
    }
}
