package io.aftercare.simulator.house;

import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.device.VirtualDevice;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.ota.DeviceMemory;
import io.aftercare.simulator.ota.FailurePlan;
import io.aftercare.simulator.ota.Failures;
import io.aftercare.simulator.ota.OtaClient;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.plan.Injection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The devices that are switched on: they go on from where their past ended, with what is broken in them, and do what they are
/// asked to. They live until closed.
final class Household implements AutoCloseable {
    private static final DeviceSettings SETTINGS = new DeviceSettings(Duration.ofSeconds(5),
            Duration.ofSeconds(2), 10_000, Pace.LIFE);
    private static final OtaSettings OTA = new OtaSettings(false, OtaSettings.USUAL.chunkBytes(),
            Duration.ofSeconds(1), Duration.ofSeconds(1), OtaSettings.USUAL.deferral());
    /// Nothing stays in the flash of these: their update has to be stopped.
    private static final String BAD_FLASH = "flashx9:";
    private static final int UP_LOOKS_MAX = 200;

    private final List<VirtualDevice> devices = new ArrayList<>();

    /// Where they live.
    ///
    /// @param folder for what survives their power cuts
    record Place(Broker broker, URI http, TrustedKeys keys, Path folder, long seed) {}

    Household(Place place, List<Appliance> appliances, Moving moving, Memories memories) throws IOException {
        for (Appliance each : appliances) {
            if (each.isOn()) {
                devices.add(device(place, each, moving, memories));
            }
        }
    }

    private static VirtualDevice device(Place place, Appliance what, Moving moving, Memories memories)
            throws IOException {
        Failures failures = what.model().equals(Rollouts.UNLUCKY)
                ? FailurePlan.parse(List.of(BAD_FLASH + what.id()), place.seed).of(what.id())
                : Failures.none();
        DeviceMemory memory = DeviceMemory.open(place.folder.resolve(what.id()), what.firmware(), failures);
        OtaClient.Setup setup = new OtaClient.Setup(moving.tokenOf(what), what.model(),
                what.kind().product().hardware(), place.http, place.keys, memory, OTA, failures,
                InstantSource.system(), new Random(place.seed + what.id().hashCode()));
        FaultPlan faults = what.ail().isEmpty()
                ? FaultPlan.NOTHING
                : new FaultPlan(List.of(new Injection(what.ail(), Duration.ZERO, Optional.empty(),
                        Optional.of(what.id()))));
        return new VirtualDevice(what.kind(), place.broker, setup, SETTINGS, faults, memories.bodyOf(what));
    }

    /// Switches them on and waits until they are connected.
    void switchOn() throws InterruptedException, IOException {
        devices.forEach(VirtualDevice::start);
        for (int looks = 0; !devices.stream().allMatch(VirtualDevice::isUp); looks++) {
            if (looks == UP_LOOKS_MAX) {
                throw new IOException("not every device of the house could connect within "
                        + UP_LOOKS_MAX / 10 + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    int size() {
        return devices.size();
    }

    @Override
    public void close() {
        devices.forEach(VirtualDevice::close);
    }
}
