package io.aftercare.simulator.crash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What a device knows of a crash of its own: the build that ran, and where it was. The same reason in the same build gives the
/// same stack, so that crashes can be told apart and put together. The places are made up: nobody has symbols for them.
///
/// @param id      the device's name for it
/// @param buildId of the program, 40 hexadecimal digits as the linker writes them
/// @param base    where the program was loaded; another place each time
/// @param offsets in the program, the innermost frame first
record CrashReport(String id, Instant at, String process, String reason, String firmware, String buildId,
        long base, List<Long> offsets) {
    private static final int FRAMES = 8;
    private static final int REASON_CHARS_MAX = 200;
    private static final long CODE_BEGIN = 0x1000;
    private static final int CODE_BYTES = 0x40000;

    CrashReport {
        offsets = List.copyOf(offsets);
    }

    /// @param boots how often the device had started
    static CrashReport of(String model, String firmware, String reason, Instant at, long boots) {
        String buildId = HexFormat.of().formatHex(sha256(model + "/" + firmware), 0, 20);
        Random places = new Random((buildId + reason).hashCode());
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            offsets.add(CODE_BEGIN + places.nextInt(CODE_BYTES / 4) * 4L);
        }
        long base = 0x5500_0000_0000L + new Random(at.toEpochMilli()).nextInt(1 << 20) * 0x1000L;
        return new CrashReport("crash-" + at.getEpochSecond() + "-" + boots, at, "controld",
                reason.substring(0, Math.min(REASON_CHARS_MAX, reason.length())), firmware, buildId, base,
                offsets);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The `data` of the event.
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", id);
        data.put("process", process);
        data.put("reason", reason);
        data.put("firmware", firmware);
        data.put("modules", List.of(Map.of("name", process, "buildId", buildId, "base", hex(base), "size",
                CODE_BEGIN + CODE_BYTES)));
        List<Map<String, Object>> stack = new ArrayList<>();
        offsets.forEach(each -> stack.add(Map.of("module", 0, "offset", hex(each))));
        data.put("threads", List.of(Map.of("name", "main", "crashed", true, "stack", stack)));
        return data;
    }

    /// The same and more, for the dump.
    ///
    /// @param log what the device had written down last
    Map<String, Object> dump(String log) {
        Map<String, Object> dump = data();
        dump.put("ts", at.toEpochMilli());
        dump.put("message", reason);
        dump.put("registers", Map.of("pc", hex(base + offsets.getFirst()), "sp", "0x7ffd1000"));
        dump.put("log", log);
        return dump;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
