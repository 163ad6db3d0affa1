package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Event;
import io.aftercare.simulator.ota.BootState.Trying;
import io.aftercare.simulator.ota.DeviceMemory.Content;
import io.aftercare.simulator.ota.DeviceMemory.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens between power on and the application: the slot is chosen, a new image is checked, and either kept or
/// rolled back. The decision and the report on it are written down together, before anybody hears of them.
public final class Bootloader {
    private static final String NO_CONFIRMATION = "boot: it came up " + BootState.ATTEMPTS_MAX
            + " times without a confirmation";

    private Bootloader() {}

    /// Starts a device to which nothing happens.
    ///
    /// @return the firmware that runs from now on
    public static Image boot(DeviceMemory memory) {
        return boot(memory, Failures.none());
    }

    /// Starts the device. A new image that hangs or crashes is reset by the watchdog and started again, in here, until its
    /// attempts are used up.
    ///
    /// @return the firmware that runs from now on
    /// @throws PowerCut where the power is to go while a new image is tried
    public static Image boot(DeviceMemory memory, Failures failures) {
        String watchdog = NO_CONFIRMATION;
        while (true) {
            String reason = watchdog;
            Content booted = memory.change(now -> powerOn(now, reason));
            if (!(booted.boot() instanceof Trying trial)) {
                return memory.running();
            }
            failures.reached(Step.TRIAL);
            Image image = memory.running();
            watchdog = hangs(image, failures);
            if (watchdog.isEmpty()) {
                decide(memory, image, trial);
                return memory.running();
            }
        }
    }

    private static Content powerOn(Content now, String whyNot) {
        Content booted = now.booted();
        return now.boot() instanceof Trying trial && booted.boot() instanceof Committed
                ? booted.concluded(rolledBack(now, trial, whyNot))
                : booted;
    }

    /// Why the image never comes as far as its own check; empty where it does.
    private static String hangs(Image image, Failures failures) {
        if (image.fault().startsWith("boot:")) {
            return image.fault();
        }
        if (failures.strike(Failure.BOOT)) {
            return "boot: the new firmware did not start, " + BootState.ATTEMPTS_MAX + " times";
        }
        return failures.strike(Failure.CRASH_LOOP)
                ? "crash-loop: it crashed " + BootState.ATTEMPTS_MAX + " times before it could be confirmed"
                : "";
    }

    private static void decide(DeviceMemory memory, Image image, Trying trial) {
        String fault = image.fault().isEmpty() ? damage(memory, image, trial) : image.fault();
        memory.change(now -> fault.isEmpty()
                ? now.after(Event.CHECK_PASSED).raised(image.counter())
                        .concluded(new Report(image.release(), "confirmed", ""))
                : now.after(Event.CHECK_FAILED).concluded(rolledBack(now, trial, fault)));
    }

    /// What is wrong with the bytes in the slot; empty where they are the ones that were signed.
    private static String damage(DeviceMemory memory, Image image, Trying trial) {
        List<Image.Component> components = image.components();
        for (int place = 0; place < components.size(); place++) {
            Path file = memory.component(trial.slot().other(), place);
            try {
                if (!Hashes.sha256(file).equals(components.get(place).sha256())) {
                    return "flash: " + components.get(place).name() + " in slot " + trial.slot().other()
                            + " is not what was signed";
                }
            } catch (IOException e) {
                return "flash: slot " + trial.slot().other() + " cannot be read: " + e.getMessage();
            }
        }
        return "";
    }

    private static Report rolledBack(Content now, Trying trial, String why) {
        @Nullable
        Image bad = now.images().get(trial.slot().other());
        return new Report(bad == null ? "" : bad.release(), "rolled_back", why);
    }
}
