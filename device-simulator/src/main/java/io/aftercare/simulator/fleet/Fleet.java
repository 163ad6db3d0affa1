package io.aftercare.simulator.fleet;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.device.VirtualDevice;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.ota.DeviceMemory;
import io.aftercare.simulator.ota.Failures;
import io.aftercare.simulator.ota.OtaClient;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Many virtual devices in one process. Each takes three virtual threads and the client's own; thousands fit. Thread-safe
/// once constructed.
public final class Fleet implements AutoCloseable {
    private static final long START_SPREAD_MILLIS = 2_000;

    private final List<VirtualDevice> devices = new ArrayList<>();

    /// What a fleet is made of.
    ///
    /// @param http what relative firmware addresses are relative to
    /// @param hardware the revision of all devices; empty: each product's own
    /// @param stateFolder where the devices keep what survives their power cuts
    /// @param seed makes the devices' lives repeatable
    public record Setup(List<Credential> devices, Broker broker, URI http, TrustedKeys keys, String hardware,
            Path stateFolder, DeviceSettings settings, OtaSettings ota, FaultPlan faults, long seed) {}

    /// Builds the devices; they stay off until [#start].
    ///
    /// @throws IllegalArgumentException where a device's model cannot be simulated
    public Fleet(Setup setup) throws IOException {
        for (Credential who : setup.devices) {
            Kind kind = Kind.of(who.model());
            Failures failures = setup.ota.failures().of(who.id());
            DeviceMemory memory = DeviceMemory.open(setup.stateFolder.resolve(who.id()),
                    kind.factoryFirmware(), failures);
            String hardware = setup.hardware.isEmpty() ? kind.product().hardware() : setup.hardware;
            String product = who.model().equalsIgnoreCase(kind.word()) ? kind.product().model() : who.model();
            OtaClient.Setup update = new OtaClient.Setup(who, product, hardware, setup.http, setup.keys,
                    memory,
                    setup.ota, failures, InstantSource.system(),
                    new Random(setup.seed ^ who.id().hashCode()));
            devices.add(new VirtualDevice(kind, setup.broker, update, setup.settings, setup.faults));
        }
    }

    /// Switches the devices on, one after the other.
    public void start() throws InterruptedException {
        for (VirtualDevice device : devices) {
            device.start();
            TimeUnit.MILLISECONDS.sleep(Math.min(20, START_SPREAD_MILLIS / devices.size()));
        }
    }

    public List<VirtualDevice> devices() {
        return List.copyOf(devices);
    }

    public long up() {
        return devices.stream().filter(VirtualDevice::isUp).count();
    }

    @Override
    public void close() {
        devices.forEach(VirtualDevice::close);
    }
}
