package io.aftercare.fleet.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The server that a cluster's `postmaster.pid` speaks of, if it still runs. The file outlives a killed server, and its
/// number may since belong to another program, even to another cluster's PostgreSQL: what runs must name this cluster among
/// its arguments.
final class Postmaster {
    private Postmaster() {}

    static Optional<ProcessHandle> running(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return pid(lines).flatMap(ProcessHandle::of).filter(process -> isOf(cluster, process));
    }

    // A process without arguments is one that ended and was not buried yet.
    private static boolean isOf(Path cluster, ProcessHandle process) {
        return process.info().arguments().map(arguments -> List.of(arguments).contains(cluster.toString()))
                .orElse(false);
    }

    private static Optional<Long> pid(List<String> lines) {
        try {
            return lines.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(lines.getFirst().strip()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // cut short when the machine died: it speaks of nobody
        }
    }
}
