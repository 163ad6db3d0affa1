package io.aftercare.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Linux knows of a process and its children (`proc(5)`). Elsewhere the figures are 0.
public final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100; // USER_HZ: the same on every architecture we run on
    private static final int ATTEMPTS = 100;
    private static final int UTIME = 11;
    private static final int CSTIME = 14;

    private final long root;

    public ProcessTree(long root) {
        this.root = root;
    }

    /// Of the process itself.
    public long pid() {
        return root;
    }

    /// CPU seconds spent by the process, its present children and those it has waited for: never goes back.
    public double cpuSeconds() {
        double ticks = Double.NaN;
        for (int i = 0; i < ATTEMPTS && Double.isNaN(ticks); i++) {
            ticks = ticksOfAll();
        }
        return Double.isNaN(ticks) ? 0 : ticks / TICKS_PER_SECOND;
    }

    // NaN where a child came or went meanwhile: one that its parent has just waited for would be missed, or counted twice.
    private double ticksOfAll() {
        List<Long> before = pids().toList();
        double sum = before.stream().mapToDouble(ProcessTree::ticks).sum();
        return before.equals(pids().toList()) ? sum : Double.NaN;
    }

    /// Mebibytes in memory, shared pages divided among those who share them (PSS).
    public double residentMebibytes() {
        return pids().mapToDouble(ProcessTree::proportionalKibibytes).sum() / 1024;
    }

    /// Mebibytes in memory of the process alone, shared pages counted whole (RSS).
    public double rootResidentMebibytes() {
        return kibibytes(PROC.resolve(root + "/status"), "VmRSS:") / 1024;
    }

    private Stream<Long> pids() {
        Stream<Long> children = ProcessHandle.of(root).stream().flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(root), children.sorted());
    }

    // Fields 14 to 17 of stat; the second is the name in brackets, which may hold anything.
    private static double ticks(long pid) {
        String stat = text(PROC.resolve(pid + "/stat"));
        if (stat.isEmpty()) {
            return Double.NaN;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double sum = 0;
        for (int i = UTIME; i <= CSTIME; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    private static double proportionalKibibytes(long pid) {
        return kibibytes(PROC.resolve(pid + "/smaps_rollup"), "Pss:");
    }

    private static double kibibytes(Path file, String name) {
        return text(file).lines().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> Double.parseDouble(line.substring(name.length()).replace("kB", "").strip()))
                .orElse(0.0);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it ended while we looked, or this is no Linux
        }
    }
}
