package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Event;
import io.aftercare.simulator.ota.BootState.Slot;
import io.aftercare.simulator.ota.BootState.Staged;
import io.aftercare.simulator.ota.BootState.Trying;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootloaderTest {
    @TempDir
    Path folder = Path.of("");

    private static Image image(String version, long counter, String fault) {
        return new Image("r-" + version, version, counter, Map.of("fuserControl", "fixed"), null, fault,
                List.of());
    }

    @Test
    void everyTransitionIsAsInTheTable() {
        for (Slot slot : Slot.values()) {
            assertThat(new Committed(slot).next(Event.IMAGE_WRITTEN)).isEqualTo(new Staged(slot));
            assertThat(new Committed(slot).next(Event.SLOT_ERASED)).isEqualTo(new Committed(slot));
            assertThat(new Committed(slot).next(Event.BOOTED)).isEqualTo(new Committed(slot));
            assertThat(new Staged(slot).next(Event.IMAGE_WRITTEN)).isEqualTo(new Staged(slot));
            assertThat(new Staged(slot).next(Event.SLOT_ERASED)).isEqualTo(new Committed(slot));
            assertThat(new Staged(slot).next(Event.BOOTED)).isEqualTo(new Trying(slot, 1));
            Trying trial = new Trying(slot, 1);
            assertThat(trial.next(Event.CHECK_PASSED)).isEqualTo(new Committed(slot.other()));
            assertThat(trial.next(Event.CHECK_FAILED)).isEqualTo(new Committed(slot));
            assertThat(trial.next(Event.BOOTED)).isEqualTo(new Trying(slot, 2));
            assertThat(new Trying(slot, 2).next(Event.BOOTED)).isEqualTo(new Trying(slot, 3));
            assertThat(new Trying(slot, 3).next(Event.BOOTED)).isEqualTo(new Committed(slot));
            for (BootState state : new BootState[]{new Committed(slot), new Staged(slot)}) {
                for (Event event : new Event[]{Event.CHECK_PASSED, Event.CHECK_FAILED}) {
                    assertThatThrownBy(() -> state.next(event)).isInstanceOf(IllegalStateException.class);
                }
            }
            for (Event event : new Event[]{Event.IMAGE_WRITTEN, Event.SLOT_ERASED}) {
                assertThatThrownBy(() -> trial.next(event)).hasMessageContaining(event.name());
            }
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
    void onePowerCutDuringTheTrialIsForgivenAndTheThirdRollsBack() throws IOException {
        for (int cuts = 1; cuts <= 3; cuts++) {
            Failures failures = FailurePlan.parse(List.of("power-loss@trialx" + cuts), 1).of("LP-1");
            DeviceMemory memory = DeviceMemory.open(folder.resolve("" + cuts), "2.3.1");
            memory.stage(image("2.4.0", 240, ""));
            for (int i = 0; i < cuts; i++) {
                assertThatThrownBy(() -> Bootloader.boot(memory, failures)).isInstanceOf(PowerCut.class);
            }
            assertThat(Bootloader.boot(memory, failures).version()).isEqualTo(cuts < 3 ? "2.4.0" : "2.3.1");
            assertThat(memory.content().report().state()).isEqualTo(cuts < 3 ? "confirmed" : "rolled_back");
        }
    }

    @Test
    void aFirmwareThatDoesNotStartOrCrashesIsRolledBackByTheWatchdogsCount() throws IOException {
        for (String failure : List.of("boot", "crash-loop")) {
            Failures failures = FailurePlan.parse(List.of(failure), 1).of("LP-1");
            DeviceMemory memory = DeviceMemory.open(folder.resolve(failure), "2.3.1");
            memory.stage(image("2.4.0", 240, ""));
            assertThat(Bootloader.boot(memory, failures).version()).isEqualTo("2.3.1");
            assertThat(memory.content().boots()).isEqualTo(BootState.ATTEMPTS_MAX + 1);
            assertThat(memory.content().report().error()).startsWith(failure + ": ");
        }
    }

    @Test
    void aSlotWithOtherBytesThanTheSignedOnesIsNeverKept() throws IOException {
        DeviceMemory memory = DeviceMemory.open(folder, "2.3.1");
        Files.writeString(memory.component(Slot.B, 0), "not what was signed");
        memory.stage(new Image("r1", "2.4.0", 240, Map.of(), null, "",
                List.of(new Image.Component("a.fw", "00"))));
        assertThat(Bootloader.boot(memory).version()).isEqualTo("2.3.1");
        assertThat(memory.content().report().error()).startsWith("flash: a.fw in slot B");
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
