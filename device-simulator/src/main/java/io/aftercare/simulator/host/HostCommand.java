package io.aftercare.simulator.host;

import io.aftercare.simulator.VersionOfJar;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.PlainDevice;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.register.BackendOptions;
import io.aftercare.simulator.register.BackendOptions.Wanted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `host`: this machine, reporting its own real sensors.
@Command(name = "host", mixinStandardHelpOptions = true, versionProvider = VersionOfJar.class, description = "Reports this machine's own sensors (processor, temperature, memory, disks, network) as a device of model 'host'.")
public final class HostCommand implements Callable<Integer> {
    @Mixin
    BackendOptions backend = new BackendOptions();

    @Option(names = "--device", defaultValue = "", description = "the device's id (default: host- and this machine's name)")
    String device = "";

    @Option(names = "--interval", defaultValue = "3", paramLabel = "SECONDS", description = "between two samples (default ${DEFAULT-VALUE})")
    double intervalSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String wanted = device.isEmpty() ? defaultId() : device;
        List<Credential> all = backend.devices(List.of(new Wanted(wanted, HostDevice.product())));
        Credential who = all.stream().filter(each -> each.id().equals(wanted)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("device " + wanted + " is not in "
                        + backend.credentials + "; add it with --register, or name another with --device"));
        Duration interval = Duration.ofMillis((long) (Math.max(0.5, intervalSeconds) * 1_000));
        try (PlainDevice host = HostDevice.create(
                new PlainDevice.Backend(new Broker(backend.host, backend.port), URI.create(backend.http)),
                who,
                interval)) {
            Runtime.getRuntime().addShutdownHook(new Thread(host::close, "host-stop"));
            host.start("host reporter started");
            host.sampleForever();
        }
        return 0;
    }

    private static String defaultId() throws IOException {
        String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        return ("host-" + name).substring(0, Math.min(64, name.length() + 5));
    }
}
