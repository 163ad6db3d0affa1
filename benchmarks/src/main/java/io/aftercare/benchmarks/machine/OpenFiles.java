package io.aftercare.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process may have, and what of its memory is in use.
public final class OpenFiles {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final long UNKNOWN = 4_096;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private OpenFiles() {}

    /// How many files this process and its children may have open (`proc(5)`).
    public static long max() throws IOException {
        if (!Files.isReadable(LIMITS)) {
            return UNKNOWN;
        }
        return Files.readAllLines(LIMITS).stream().filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s+")).map(words -> words[words.length - 2])
                .mapToLong(words -> words.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(words))
                .findFirst().orElse(UNKNOWN);
    }

    /// Lets a JVM collect its garbage and answers what is left of its heap, in MiB.
    public static double liveHeapMebibytes(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        return usedKibibytes(jcmd(pid, "GC.heap_info")) / 1024;
    }

    /// Adds up the parts of the heap: G1 names one, other collectors a generation each. Classes are not of the heap.
    static double usedKibibytes(String heapInfo) throws IOException {
        double used = 0;
        boolean found = false;
        for (String line : heapInfo.lines().toList()) {
            Matcher part = USED.matcher(line);
            if (line.contains("total") && !line.contains("Metaspace") && part.find()) {
                used += Double.parseDouble(part.group(1));
                found = true;
            }
        }
        if (!found) {
            throw new IOException("jcmd GC.heap_info does not say what is used: " + heapInfo);
        }
        return used;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + " failed: " + text.strip());
        }
        return text;
    }
}
