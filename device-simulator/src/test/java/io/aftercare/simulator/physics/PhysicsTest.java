package io.aftercare.simulator.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.simulator.product.Product.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhysicsTest {
    private static final Behaviour FIXED = new Behaviour(
            Map.of("fuserControl", "fixed", "connectionTable", "fixed",
                    "motorRetry", "fixed", "fanCurve", "fixed"));
    private static final Behaviour REGRESSED = new Behaviour(Map.of("fuserControl", "overshoot",
            "connectionTable", "leaking", "compressorControl", "hasty", "mainLoop", "hangs"));

    private static List<Happening> run(Physics body, int seconds, Behaviour firmware, String... broken) {
        List<Happening> happened = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            happened.addAll(body.advance(1, firmware, Set.of(broken)));
        }
        return happened;
    }

    private static double reading(Physics body, String metric) {
        return ((Number) Objects.requireNonNull(body.readings().get(metric), metric)).doubleValue();
    }

    @Test
    void everyReadingStaysPlausibleWhateverHappens() {
        for (long seed = 1; seed <= 20; seed++) {
            for (Kind kind : Kind.values()) {
                Random random = new Random(seed);
                Physics body = kind.newBody(random);
                List<String> faults = List.copyOf(kind.faults().keySet());
                for (int i = 0; i < 600; i++) {
                    Set<String> broken = i > 300
                            ? Set.of(faults.get((int) (seed % faults.size())))
                            : Set.of();
                    body.advance(0.2 + random.nextDouble() * 3,
                            i > 500 ? FIXED : i > 400 ? REGRESSED : Behaviour.FACTORY, broken);
                    for (Metric metric : kind.product().metrics()) {
                        if (body.readings().get(metric.name()) instanceof Number value) {
                            assertThat(value.doubleValue()).as("seed %d, %s %s", seed, kind, metric.name())
                                    .isBetween(metric.min(), metric.max());
                        }
                    }
                }
            }
        }
    }

    @Test
    void aHungLinkIsSlowUntilItIsRestartedAndStaysWellThen() {
        Physics router = Kind.ROUTER.newBody(new Random(1));
        run(router, 60, Behaviour.FACTORY);
        assertThat(reading(router, "wan_latency_ms")).isLessThan(60);
        run(router, 60, Behaviour.FACTORY, "wan-hung");
        assertThat(reading(router, "wan_latency_ms")).isGreaterThan(300);
        assertThat(router.perform("restart_wan")).isPresent();
        run(router, 60, Behaviour.FACTORY, "wan-hung");
        assertThat(reading(router, "wan_latency_ms")).isLessThan(60);
        run(router, 5, Behaviour.FACTORY);
        run(router, 5, Behaviour.FACTORY, "wan-hung");
        assertThat(reading(router, "wan_latency_ms")).as("it hangs once more").isGreaterThan(300);
        router.powerCycle(2);
        assertThat(reading(router, "wan_latency_ms")).isLessThan(60);
    }

    @Test
    void aHealthyFuserNeverOverheats() {
        Physics printer = Kind.PRINTER.newBody(new Random(1));
        run(printer, 60, Behaviour.FACTORY);
        for (int i = 0; i < 1_800; i++) {
            run(printer, 1, Behaviour.FACTORY);
            assertThat(reading(printer, "fuser_temp")).isBetween(150.0, 200.0);
        }
    }

    @Test
    void anAgedThermistorOverheatsTheFuserAndTheFixedFirmwareCoolsIt() {
        for (long seed = 1; seed <= 20; seed++) {
            Physics printer = Kind.PRINTER.newBody(new Random(seed));
            run(printer, 60, Behaviour.FACTORY);
            run(printer, 15, Behaviour.FACTORY, "fuser-overheat");
            for (int i = 0; i < 120; i++) {
                run(printer, 1, Behaviour.FACTORY, "fuser-overheat");
                assertThat(reading(printer, "fuser_temp")).as("seed %d", seed).isBetween(206.0, 258.0);
            }
            run(printer, 9, FIXED, "fuser-overheat");
            for (int i = 0; i < 120; i++) {
                run(printer, 1, FIXED, "fuser-overheat");
                assertThat(reading(printer, "fuser_temp")).as("seed %d", seed).isLessThan(200);
            }
        }
    }

    @Test
    void aBadFirmwareOverheatsEveryFuserAndTheFormerOneCoolsIt() {
        Behaviour bad = new Behaviour(Map.of("fuserControl", "overshoot"));
        for (long seed = 1; seed <= 20; seed++) {
            Physics printer = Kind.PRINTER.newBody(new Random(seed));
            run(printer, 60, Behaviour.FACTORY);
            run(printer, 15, bad);
            for (int i = 0; i < 120; i++) {
                run(printer, 1, bad);
                assertThat(reading(printer, "fuser_temp")).as("seed %d", seed).isBetween(211.0, 258.0);
            }
            run(printer, 12, Behaviour.FACTORY);
            for (int i = 0; i < 60; i++) {
                run(printer, 1, Behaviour.FACTORY);
                assertThat(reading(printer, "fuser_temp")).as("seed %d", seed).isLessThan(205);
            }
        }
    }

    @Test
    void badFirmwareShowsInTelemetryOfEveryKindThatHasOne() {
        Physics router = Kind.ROUTER.newBody(new Random(1));
        assertThat(run(router, 240, new Behaviour(Map.of("connectionTable", "leaking"))))
                .extracting(Happening::code).contains("crash");
        Physics pump = Kind.HEAT_PUMP.newBody(new Random(1));
        Behaviour hasty = new Behaviour(Map.of("compressorControl", "hasty"));
        run(pump, 3_600, hasty);
        double starts = reading(pump, "compressor_starts");
        run(pump, 3_600, hasty);
        assertThat(reading(pump, "compressor_starts") - starts).isGreaterThan(6);
        for (Kind kind : Kind.values()) {
            assertThat(run(kind.newBody(new Random(1)), 120, new Behaviour(Map.of("mainLoop", "hangs"))))
                    .as("%s", kind).anyMatch(Happening::reboots);
        }
    }

    @Test
    void restartingTheHeaterDoesNotCureIt() {
        Physics printer = Kind.PRINTER.newBody(new Random(3));
        run(printer, 60, Behaviour.FACTORY, "fuser-overheat");
        assertThat(printer.perform("restart_heater")).isPresent();
        run(printer, 30, Behaviour.FACTORY, "fuser-overheat");
        assertThat(reading(printer, "fuser_temp")).isGreaterThan(206);
    }

    @Test
    void aLeakingRouterCrashesUntilItIsFixed() {
        Physics router = Kind.ROUTER.newBody(new Random(1));
        assertThat(run(router, 180, Behaviour.FACTORY, "memory-leak")).extracting(Happening::code)
                .contains("crash");
        router.powerCycle(2);
        assertThat(reading(router, "memory_used_pct")).isLessThan(60);
        assertThat(run(router, 600, FIXED, "memory-leak")).isEmpty();
    }

    @Test
    void aDeadFanHeatsTheRouterSlowly() {
        Physics router = Kind.ROUTER.newBody(new Random(2));
        run(router, 120, Behaviour.FACTORY);
        double before = reading(router, "cpu_temp");
        run(router, 5, Behaviour.FACTORY, "overheat");
        assertThat(reading(router, "cpu_temp")).isLessThan(before + 15);
        run(router, 300, Behaviour.FACTORY, "overheat");
        assertThat(reading(router, "cpu_temp")).isGreaterThan(before + 30);
    }

    @Test
    void aDyingCellEmptiesTheLockAndAScrapingBoltIsTold() {
        Physics lock = Kind.LOCK.newBody(new Random(1));
        run(lock, 60, Behaviour.FACTORY, "low-battery");
        assertThat(reading(lock, "battery_pct")).isLessThan(10);
        assertThat(reading(lock, "battery_v")).isLessThan(5);
        assertThat(run(lock, 120, Behaviour.FACTORY, "jam")).extracting(Happening::code).contains("LOCK_JAM");
        assertThat(run(lock, 120, FIXED, "jam")).isEmpty();
    }

    @Test
    void aCloggedFilterStarvesTheAirflow() {
        Physics purifier = Kind.AIR_PURIFIER.newBody(new Random(1));
        run(purifier, 60, Behaviour.FACTORY);
        double airflow = reading(purifier, "airflow_m3h") / reading(purifier, "fan_rpm");
        run(purifier, 60, Behaviour.FACTORY, "filter-clog");
        assertThat(reading(purifier, "airflow_m3h") / reading(purifier, "fan_rpm")).isLessThan(airflow / 2);
        assertThat(reading(purifier, "filter_dp_pa")).isGreaterThan(150);
    }

    @Test
    void modelsAreKnownByCodeFamilyAndWord() {
        assertThat(Kind.of("LP-2000")).isEqualTo(Kind.PRINTER);
        assertThat(Kind.of("LP-2100")).isEqualTo(Kind.PRINTER);
        assertThat(Kind.of("Air-Purifier")).isEqualTo(Kind.AIR_PURIFIER);
        assertThatThrownBy(() -> Kind.of("toaster")).hasMessageContaining("toaster")
                .hasMessageContaining("LP-2000");
    }
}
