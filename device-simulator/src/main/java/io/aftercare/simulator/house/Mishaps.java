package io.aftercare.simulator.house;

import io.aftercare.simulator.credentials.Credential;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What went wrong on devices in the last days: crashes of which some are the same, jams, and messages that nobody understands.
final class Mishaps {
    private final Door door;
    private final Moving moving;
    private final Owners owners;
    private final Instant now = Instant.now();

    /// @param places in the program, the innermost first; none: the device knows nothing of it
    private record Crash(String process, String reason, List<Integer> places) {}

    private static final Crash CONNTRACK = new Crash("netd", "SIGSEGV in conntrack_insert",
            List.of(0x1a2c4, 0x1b0f0, 0x2724a, 0x30010, 0x30f44));
    private static final Crash SPOOLER = new Crash("spoolerd", "assertion failed: page != NULL",
            List.of(0x8c10, 0x9a24, 0xb0f0, 0xc3d8));
    private static final Crash WATCHDOG = new Crash("main", "watchdog: the main loop hung", List.of());

    Mishaps(Door door, Moving moving, Owners owners) {
        this.door = door;
        this.moving = moving;
        this.owners = owners;
    }

    void happen() throws IOException, InterruptedException {
        crash("RT-90-1003", CONNTRACK, 5, 31, 52, 75);
        crash("RT-90-1010", CONNTRACK, 20);
        crash("RT-90-1011", CONNTRACK, 44);
        crash("LP-2000-1005", SPOOLER, 9, 70);
        crash("LP-2000-1010", SPOOLER, 27);
        crash("PC-10-1001", WATCHDOG, 13);
        for (int hours : new int[]{2, 5, 8, 20, 23, 26, 30}) {
            tell("LP-2000-1005", hours, "PAPER_JAM", "error", "paper stuck before the fuser",
                    Map.of("tray", 2));
        }
        tell("RT-90-1004", 3, "LINK_DOWN", "warning", "WAN link down for 41 s", Map.of());
        tell("AP-300-1002", 6, "FAN_NOISE", "warning", "the fan draws more current than it should", Map.of());
        door.nonsense(token("LP-2000-1007"),
                "{\"fuser temp\":201.5,\"door\":{\"open\":{\"since\":\"now\"}}}");
        door.nonsense(token("AP-300-1002"), "{\"ts\":" + now.plus(Duration.ofDays(3)).toEpochMilli()
                + ",\"values\":{\"pm25\":12}}");
        door.nonsense(token("AP-300-1002"), "pm25=12;fan=900");
    }

    private Credential token(String id) {
        return moving.tokenOf(owners.find(id));
    }

    private void tell(String id, int hoursAgo, String code, String level, String message,
            Map<String, Object> data) throws IOException, InterruptedException {
        door.event(token(id),
                Memories.event(now.minus(Duration.ofHours(hoursAgo)), code, level, message, data));
    }

    private void crash(String id, Crash crash, int... hoursAgo) throws IOException, InterruptedException {
        Appliance what = owners.find(id);
        for (int hours : hoursAgo) {
            Instant at = now.minus(Duration.ofHours(hours));
            Map<String, Object> data = crash.places.isEmpty()
                    ? Map.of("process", crash.process, "reason", crash.reason, "firmware", what.firmware())
                    : Map.of("id", "crash-" + at.getEpochSecond(), "process", crash.process, "reason",
                            crash.reason, "firmware", what.firmware(), "modules",
                            List.of(Map.of("name", crash.process, "buildId", build(what, crash), "base",
                                    "0x55d0c8a00000", "size", 262_144)),
                            "threads", List.of(Map.of("name", "worker-2", "crashed", true, "stack",
                                    stack(crash))));
            door.event(moving.tokenOf(what), Memories.event(at, "crash", "critical", crash.reason, data));
            tell(id, hours, "boot", "info", "started: crash",
                    Map.of("reason", "crash", "requested", false, "firmware", what.firmware()));
        }
    }

    private static List<Map<String, Object>> stack(Crash crash) {
        List<Map<String, Object>> stack = new ArrayList<>();
        crash.places
                .forEach(each -> stack.add(Map.of("module", 0, "offset", "0x" + Integer.toHexString(each))));
        return stack;
    }

    /// A build of the program, the same for the same model and firmware.
    private static String build(Appliance what, Crash crash) {
        byte[] id = new byte[20];
        new Random((what.model() + what.firmware() + crash.process).hashCode()).nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
