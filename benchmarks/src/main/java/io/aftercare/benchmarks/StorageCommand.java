package io.aftercare.benchmarks;

import io.aftercare.benchmarks.storage.StorageReport;
import io.aftercare.benchmarks.storage.StorageRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a stored point takes on the disk.
@Command(name = "storage", mixinStandardHelpOptions = true, description = "Bytes a point while a day is open and when it is compressed, on the simulator's devices and on random numbers.")
final class StorageCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--devices", defaultValue = "25", description = "devices of each kind, each for one day (default ${DEFAULT-VALUE})")
    int devices;

    @Option(names = "--every", defaultValue = "10", description = "seconds between two samples of a device (default ${DEFAULT-VALUE})")
    int everySeconds;

    @Override
    public Integer call() throws Exception {
        StorageReport report = new StorageRun(common.folder, devices, everySeconds, common::tell).run();
        common.publish("storage", report.markdown(), report);
        return 0;
    }
}
