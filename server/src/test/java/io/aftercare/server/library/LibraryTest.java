package io.aftercare.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.library.Library;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every ready rule finds the fault that it is for, produced by the simulator's physics; and all of them together leave a healthy
/// fleet alone for a week.
class LibraryTest {
    private static final int HEALTHY_LIVES = Integer.getInteger("simulation.lives", 3);
    private static final Duration HEALTHY_FIRST = Duration.ofHours(36);
    private static final Library LIBRARY = Library.read();

    /// What breaks, and how long it takes to show.
    private record Cause(Kind kind, String fault, Duration within) {}

    private static Cause cause(Kind kind, String fault, int hours) {
        return new Cause(kind, fault, Duration.ofHours(hours));
    }

    private static final Map<String, Cause> CAUSES = Map.ofEntries(
            Map.entry("fuser-overheat", cause(Kind.PRINTER, "fuser-overheat", 2)),
            Map.entry("printer-thermistor-drift", cause(Kind.PRINTER, "fuser-overheat", 1)),
            Map.entry("printer-heater-weak", cause(Kind.PRINTER, "lamp-weak", 3)),
            Map.entry("printer-door-open", cause(Kind.PRINTER, "paper-jam", 2)),
            Map.entry("printer-toner-low", cause(Kind.PRINTER, "toner-leak", 288)),
            Map.entry("printer-damp-room", cause(Kind.PRINTER, "damp-room", 3)),
            Map.entry("device-signal-weak", cause(Kind.LOCK, "signal-loss", 2)),
            Map.entry("device-clock-drift", cause(Kind.COMPUTER, "clock-drift", 4)),
            Map.entry("router-memory-leak", cause(Kind.ROUTER, "memory-leak", 4)),
            Map.entry("router-overheat", cause(Kind.ROUTER, "overheat", 1)),
            Map.entry("lock-battery-low", cause(Kind.LOCK, "low-battery", 144)),
            Map.entry("lock-jam", cause(Kind.LOCK, "jam", 6)),
            Map.entry("lock-cells-aged", cause(Kind.LOCK, "aged-cells", 8)),
            Map.entry("lock-bolt-stiff", cause(Kind.LOCK, "stiff-bolt", 24)),
            Map.entry("lock-door-ajar", cause(Kind.LOCK, "door-ajar", 1)),
            Map.entry("filter-clogged", cause(Kind.AIR_PURIFIER, "filter-clog", 72)),
            Map.entry("purifier-fan-worn", cause(Kind.AIR_PURIFIER, "fan-bearing", 2)),
            Map.entry("purifier-damp-room", cause(Kind.AIR_PURIFIER, "damp-room", 5)),
            Map.entry("heat-pump-pressure-low", cause(Kind.HEAT_PUMP, "water-leak", 288)),
            Map.entry("heat-pump-inefficient", cause(Kind.HEAT_PUMP, "refrigerant-loss", 6)),
            Map.entry("heat-pump-flow-low", cause(Kind.HEAT_PUMP, "pump-worn", 1)),
            Map.entry("bike-cell-weak", cause(Kind.BIKE_BATTERY, "weak-cell", 48)),
            Map.entry("bike-self-heating", cause(Kind.BIKE_BATTERY, "self-heating", 4)),
            Map.entry("host-hot", cause(Kind.COMPUTER, "dust", 1)),
            Map.entry("host-memory-short", cause(Kind.COMPUTER, "memory-hunger", 8)),
            Map.entry("printer-toner-runs-out", cause(Kind.PRINTER, "toner-leak", 240)),
            Map.entry("printer-drum-wears-out", cause(Kind.PRINTER, "drum-wear", 72)),
            Map.entry("printer-jam-rate", cause(Kind.PRINTER, "feed-roller", 5)),
            Map.entry("printer-sensor-stuck", cause(Kind.PRINTER, "sensor-stuck", 2)),
            Map.entry("purifier-sensor-stuck", cause(Kind.AIR_PURIFIER, "sensor-stuck", 2)),
            Map.entry("purifier-filter-due", cause(Kind.AIR_PURIFIER, "filter-clog", 54)),
            Map.entry("lock-battery-ends", cause(Kind.LOCK, "low-battery", 72)),
            Map.entry("heat-pump-water-leak", cause(Kind.HEAT_PUMP, "water-leak", 120)),
            Map.entry("heat-pump-short-cycling", cause(Kind.HEAT_PUMP, "short-cycling", 3)),
            Map.entry("bike-capacity-fades", cause(Kind.BIKE_BATTERY, "capacity-fade", 168)),
            Map.entry("host-disk-full-soon", cause(Kind.COMPUTER, "disk-fill", 288)),
            Map.entry("router-line-noise", cause(Kind.ROUTER, "line-noise", 2)),
            Map.entry("router-latency-unusual", cause(Kind.ROUTER, "line-noise", 1)),
            Map.entry("router-hotter-than-others", cause(Kind.ROUTER, "overheat", 4)),
            Map.entry("device-flash-wears-out", cause(Kind.ROUTER, "flash-wear", 120)),
            Map.entry("device-silent", cause(Kind.LOCK, "silent", 1)),
            Map.entry("device-boot-loop", cause(Kind.HEAT_PUMP, "boot-loop", 3)),
            Map.entry("device-firmware-regression", cause(Kind.BIKE_BATTERY, "boot-loop", 3)));

    private static Plan plan(Kind kind) {
        return new Plan(kind.product().model(),
                LIBRARY.entries().stream().map(entry -> new ActiveRule(entry.rule(), 1, 1)).toList());
    }

    @Test
    void everyRuleHasAFaultToFindAndALineInTheDocumentation() throws IOException {
        List<String> ids = LIBRARY.entries().stream().map(entry -> entry.rule().id()).toList();
        assertThat(CAUSES.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        String page = Files.readString(Path.of("..", "docs", "rule-library.md"));
        assertThat(ids).allSatisfy(id -> assertThat(page).contains("`" + id + "`"));
        try (Stream<Path> files = Files.list(Path.of("..", "docs", "rules"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
        assertThat(LIBRARY.entries()).allSatisfy(entry -> assertThat(entry.rule().tests())
                .as(entry.rule().id()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void eachRuleFindsItsFault() {
        List<String> silent = new ArrayList<>();
        CAUSES.forEach((rule, cause) -> {
            Life life = new Life(cause.kind(), plan(cause.kind()), 1).live(HEALTHY_FIRST, Set.of());
            List<String> before = life.raised();
            if (rule.equals("device-firmware-regression")) {
                life.update("9.0.0");
            }
            List<String> after = life.live(cause.within(), Set.of(cause.fault())).raised();
            if (before.contains(rule) || !after.contains(rule)) {
                silent.add(rule + ": healthy " + before + ", broken " + after);
            }
        });
        assertThat(silent).isEmpty();
    }

    @Test
    void aHealthyFleetOfAllKindsIsLeftAloneForAWeek() {
        List<String> alarms = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Plan plan = plan(kind);
            for (long seed = 1; seed <= HEALTHY_LIVES; seed++) {
                List<String> raised = new Life(kind, plan, seed).live(Duration.ofDays(7), Set.of()).raised();
                if (!raised.isEmpty()) {
                    alarms.add(kind + ", seed " + seed + ": " + raised);
                }
            }
        }
        assertThat(alarms).isEmpty();
    }
}
