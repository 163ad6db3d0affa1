package io.aftercare.simulator.fleet;

import io.aftercare.simulator.VersionOfJar;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.misbehaviour.MisbehaviourPlan;
import io.aftercare.simulator.ota.FailurePlan;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.register.BackendOptions;
import io.aftercare.simulator.register.BackendOptions.Wanted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fleet`: see [Fleet].
@Command(name = "fleet", mixinStandardHelpOptions = true, versionProvider = VersionOfJar.class, description = {
        "Simulates printers, routers, locks, air purifiers, heat pumps, e-bike batteries and small computers, with their faults and their firmware updates.",
        "Faults that all have: signal-loss, sensor-stuck, silent, boot-loop, clock-drift, flash-wear. "
                + "Their own: printer fuser-overheat, paper-jam, feed-roller, lamp-weak, toner-leak, drum-wear, damp-room; router memory-leak, overheat, line-noise, wan-hung; "
                + "lock low-battery, jam, aged-cells, stiff-bolt, door-ajar; air-purifier filter-clog, fan-bearing, damp-room; "
                + "heat-pump refrigerant-loss, water-leak, pump-worn, short-cycling; bike-battery weak-cell, capacity-fade, self-heating; "
                + "computer dust, disk-fill, memory-hunger."})
public final class FleetCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(FleetCommand.class);

    @Mixin
    BackendOptions backend = new BackendOptions();

    @Option(names = "--devices", split = ",", defaultValue = "printer=3,router=1,lock=1,air-purifier=1", description = "with --register: how many of which kind (default ${DEFAULT-VALUE})")
    Map<String, Integer> wanted = new LinkedHashMap<>();

    @Option(names = "--fault", paramLabel = "NAME@AFTER[+LASTING][:DEVICE]", description = "break something, such as fuser-overheat@20s; may be repeated")
    List<String> faults = new ArrayList<>();

    @Option(names = "--misbehave", paramLabel = "NAME@AFTER[+LASTING][:DEVICE]", description = {
            "let devices break the protocol, such as answer-twice@0s; may be repeated.",
            "Names: answer-twice, answer-other, late-answer, never-answer, reject, bad-output, ignore-cancel, ignore-ttl, wrong-hash, too-long, stop-halfway, flood-shell, crash-loop (docs/simulator-remote.md)."})
    List<String> misbehaviours = new ArrayList<>();

    @Option(names = "--interval", defaultValue = "1", paramLabel = "SECONDS", description = "between two samples (default ${DEFAULT-VALUE})")
    double intervalSeconds;

    @Option(names = "--pace", defaultValue = "SHOW", description = "SHOW: jobs every few seconds, wear within minutes; LIFE: as at a customer's (default ${DEFAULT-VALUE})")
    Pace pace = Pace.SHOW;

    @Option(names = "--boot-time", defaultValue = "2", paramLabel = "SECONDS", description = "how long a restart takes (default ${DEFAULT-VALUE})")
    double bootSeconds;

    @Option(names = "--trust", paramLabel = "[NAME=]release.pub", description = "a release key that the devices trust; may be repeated")
    List<String> trust = new ArrayList<>();

    @Option(names = "--root", paramLabel = "FILE", description = "a root's envelope that the devices are built with, in place of --trust")
    Optional<Path> root = Optional.empty();

    @Option(names = "--download", defaultValue = "http", description = "http or mqtt (default ${DEFAULT-VALUE})")
    String download = "";

    @Option(names = "--ota-jitter", defaultValue = "2", paramLabel = "SECONDS", description = "random wait before a download, up to this (default ${DEFAULT-VALUE})")
    double jitterSeconds;

    @Option(names = "--ota-installing", defaultValue = "1", paramLabel = "SECONDS", description = "how long writing the slot takes (default ${DEFAULT-VALUE})")
    double installingSeconds;

    @Option(names = "--ota-fail", paramLabel = "NAME[@STEP][=BYTES][%SHARE][xTIMES][:DEVICE]", description = {
            "let updates go wrong, such as power-loss@installing or flash%%20x2; may be repeated.",
            "Names: power-loss (at accepted, downloading, downloaded, verifying, installing, rebooting or trial), flash, hash, disk, battery (once each), boot, crash-loop, hardware, slow-link=BYTES a second (always).",
            "SHARE: percent of the devices, chosen by --seed; TIMES: how often to each."})
    List<String> otaFailures = new ArrayList<>();

    @Option(names = "--hardware", defaultValue = "", description = "hardware revision of all devices (default: each product's own)")
    String hardware = "";

    @Option(names = "--state-dir", defaultValue = "device-state", description = "what the devices keep over power cuts: slots, counters (default ${DEFAULT-VALUE})")
    Path stateFolder = Path.of("device-state");

    @Option(names = "--seed", defaultValue = "1", description = "makes the devices' lives repeatable (default ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--duration", defaultValue = "0", paramLabel = "SECONDS", description = "stop after this long (default: at Ctrl-C)")
    double durationSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!download.equals("http") && !download.equals("mqtt")) {
            throw new IllegalArgumentException("--download must be http or mqtt, not " + download);
        }
        OtaSettings ota = new OtaSettings(download.equals("mqtt"), OtaSettings.USUAL.chunkBytes(),
                seconds(jitterSeconds), seconds(installingSeconds), OtaSettings.USUAL.deferral(),
                FailurePlan.parse(otaFailures, seed));
        FaultPlan plan = FaultPlan.parse(faults);
        Fleet.Setup setup = new Fleet.Setup(backend.devices(wantedDevices()),
                new Broker(backend.host, backend.port),
                URI.create(backend.http),
                root.isPresent() ? TrustedKeys.read(trust).withRoot(root.get()) : TrustedKeys.read(trust),
                hardware, stateFolder,
                new DeviceSettings(seconds(intervalSeconds), seconds(bootSeconds),
                        DeviceSettings.USUAL.samplesMax(), pace,
                        MisbehaviourPlan.parse(misbehaviours)),
                ota, plan, seed);
        if (trust.isEmpty() && root.isEmpty()) {
            LOG.info("no --trust and no --root: the devices will refuse every update");
        }
        try (Fleet fleet = new Fleet(setup)) {
            fleet.start();
            Thread onExit = new Thread(fleet::close, "fleet-stop");
            Runtime.getRuntime().addShutdownHook(onExit);
            watch(fleet);
        }
        return 0;
    }

    private void watch(Fleet fleet) throws InterruptedException {
        long until = durationSeconds > 0
                ? System.nanoTime() + seconds(durationSeconds).toNanos()
                : Long.MAX_VALUE;
        CountDownLatch never = new CountDownLatch(1);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            boolean _ = never.await(Math.min(left, TimeUnit.SECONDS.toNanos(10)), TimeUnit.NANOSECONDS);
            LOG.info("{} of {} devices are connected", fleet.up(), fleet.devices().size());
        }
    }

    private List<Wanted> wantedDevices() {
        List<Wanted> all = new ArrayList<>();
        wanted.forEach((word, count) -> {
            Product plain = Kind.of(word).product();
            Product product = hardware.isEmpty()
                    ? plain
                    : plain.withHardware(hardware);
            for (int i = 1; i <= count; i++) {
                all.add(new Wanted(String.format(Locale.ROOT, "%s-%04d", product.model(), i), product));
            }
        });
        return all;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }
}
