package io.aftercare.simulator.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/// This machine's own sensors, through OSHI: processor load (all, and each core) and temperature where there is a sensor,
/// memory, swap, disks, network, uptime, load average, processes. Rates are since the reading before. Not thread-safe.
final class HostSensors {
    static final int CORES_MAX = 64;

    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;
    private long[] ticks;
    private long[][] coreTicks;
    private Counters before;

    /// Bytes since the machine started.
    private record Counters(long nanos, long diskRead, long diskWritten, long received, long sent) {}

    HostSensors() {
        SystemInfo info = new SystemInfo();
        hardware = info.getHardware();
        system = info.getOperatingSystem();
        ticks = hardware.getProcessor().getSystemCpuLoadTicks();
        coreTicks = hardware.getProcessor().getProcessorCpuLoadTicks();
        before = counters();
    }

    SequencedMap<String, Object> read() {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        processor(values);
        memory(values);
        disks(values);
        rates(values);
        values.put("uptime_s", system.getSystemUptime());
        values.put("processes", system.getProcessCount());
        values.put("threads", system.getThreadCount());
        return values;
    }

    String operatingSystem() {
        return system + "";
    }

    String processorName() {
        return hardware.getProcessor().getProcessorIdentifier().getName().strip();
    }

    private void processor(SequencedMap<String, Object> values) {
        CentralProcessor processor = hardware.getProcessor();
        values.put("cpu_load", percent(processor.getSystemCpuLoadBetweenTicks(ticks)));
        ticks = processor.getSystemCpuLoadTicks();
        double[] cores = processor.getProcessorCpuLoadBetweenTicks(coreTicks);
        coreTicks = processor.getProcessorCpuLoadTicks();
        for (int i = 0; i < Math.min(cores.length, CORES_MAX); i++) {
            values.put("cpu_load_" + i, percent(cores[i]));
        }
        double celsius = hardware.getSensors().getCpuTemperature();
        if (celsius > 0 && Double.isFinite(celsius)) {
            values.put("cpu_temp", round(celsius));
        }
        double[] load = processor.getSystemLoadAverage(3);
        for (int i = 0; i < load.length; i++) {
            if (load[i] >= 0) {
                values.put(List.of("load_1m", "load_5m", "load_15m").get(i), round(load[i]));
            }
        }
    }

    private void memory(SequencedMap<String, Object> values) {
        GlobalMemory memory = hardware.getMemory();
        values.put("memory_used_pct", percent(1 - (double) memory.getAvailable() / memory.getTotal()));
        values.put("memory_available_mb", memory.getAvailable() >> 20);
        long swap = memory.getVirtualMemory().getSwapTotal();
        if (swap > 0) {
            values.put("swap_used_pct", percent((double) memory.getVirtualMemory().getSwapUsed() / swap));
        }
    }

    private void disks(SequencedMap<String, Object> values) {
        long total = 0;
        long free = 0;
        for (OSFileStore store : system.getFileSystem().getFileStores(true)) {
            if (store.getMount().equals("/") || store.getMount().endsWith(":\\")) {
                total += store.getTotalSpace();
                free += store.getUsableSpace();
            }
        }
        if (total > 0) {
            values.put("disk_used_pct", percent(1 - (double) free / total));
            values.put("disk_free_gb", round(free / 1e9));
        }
    }

    private void rates(SequencedMap<String, Object> values) {
        Counters now = counters();
        double seconds = Math.max(1e-3, (now.nanos - before.nanos) / 1e9);
        values.put("disk_read_kbps", round((now.diskRead - before.diskRead) / seconds / 1e3));
        values.put("disk_write_kbps", round((now.diskWritten - before.diskWritten) / seconds / 1e3));
        values.put("net_receive_kbps", round((now.received - before.received) / seconds / 1e3));
        values.put("net_send_kbps", round((now.sent - before.sent) / seconds / 1e3));
        before = now;
    }

    private Counters counters() {
        long read = 0;
        long written = 0;
        for (HWDiskStore disk : hardware.getDiskStores()) {
            read += disk.getReadBytes();
            written += disk.getWriteBytes();
        }
        long received = 0;
        long sent = 0;
        for (NetworkIF network : hardware.getNetworkIFs(true)) {
            received += network.getBytesRecv();
            sent += network.getBytesSent();
        }
        return new Counters(System.nanoTime(), read, written, received, sent);
    }

    private static double percent(double share) {
        return round(Math.clamp(share, 0, 1) * 100);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
