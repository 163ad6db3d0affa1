package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Event;
import io.aftercare.simulator.ota.BootState.Trying;
import io.aftercare.simulator.ota.DeviceMemory.Content;
import io.aftercare.simulator.ota.DeviceMemory.Report;

/// What happens between power on and the application: the slot is chosen, a new image is checked once, and either kept or
/// rolled back. The decision is written down before anybody hears of it.
public final class Bootloader {
    private Bootloader() {}

    /// Starts the device.
    ///
    /// @return the firmware that runs from now on
    public static Image boot(DeviceMemory memory) {
        Content before = memory.content();
        Content booted = memory.change(now -> boot(now, Event.BOOTED));
        switch (booted.boot()) {
            case Trying trial -> check(memory, trial);
            case Committed _ when before.boot() instanceof Trying trial -> reportRollback(memory, trial,
                    "it came up again without a confirmation");
            case Committed _, BootState.Staged _ -> {
            }
        }
        return memory.running();
    }

    private static void check(DeviceMemory memory, Trying trial) {
        Image image = memory.running();
        if (image.fault().isEmpty()) {
            memory.change(now -> confirmed(now, image));
        } else {
            memory.change(now -> new Content(now.boot().next(Event.CHECK_FAILED), now.images(), now.counter(),
                    now.boots() + 1, now.report()));
            reportRollback(memory, trial, image.fault());
        }
    }

    private static Content boot(Content now, Event event) {
        return new Content(now.boot().next(event), now.images(), now.counter(), now.boots() + 1,
                now.report());
    }

    private static Content confirmed(Content now, Image image) {
        return new Content(now.boot().next(Event.CHECK_PASSED), now.images(),
                Math.max(now.counter(), image.counter()), now.boots(),
                new Report(image.release(), "confirmed", ""));
    }

    private static void reportRollback(DeviceMemory memory, Trying trial, String why) {
        Image bad = memory.content().images().get(trial.slot().other());
        memory.report(new Report(bad == null ? "" : bad.release(), "rolled_back", why));
    }
}
