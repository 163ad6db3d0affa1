package io.aftercare.benchmarks.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Where figures were taken: they mean little without it.
///
/// @param load  run queue of the last minute before the run: near 0 on a quiet machine
/// @param store file system of the data, since a commit waits for it
public record Machine(String at, String processor, int cores, long memoryGibibytes, String system,
        String java, String store, double load) {

    /// @param data where the databases will lie
    public static Machine here(Path data) throws IOException {
        return new Machine(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                firstValue(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(kibibytes(firstValue(Path.of("/proc/meminfo"), "MemTotal")) / (1 << 20)),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Files.getFileStore(data).type(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// One line for a report.
    public String text() {
        return "%s, %s, %d cores, %d GiB, %s, %s, data on %s, load before the run %.1f".formatted(at,
                processor, cores, memoryGibibytes, system, java, store, load);
    }

    /// A port of loopback that nobody listens on at the moment.
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double kibibytes(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text.replace("kB", "").strip());
    }

    private static String firstValue(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        return Files.readAllLines(file).stream().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("");
    }
}
