package io.aftercare.simulator.house;

import io.aftercare.simulator.house.Appliance.Life;
import io.aftercare.simulator.physics.Kind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The devices of the house: which there are, what is wrong with some of them, and since when. The same seed gives the same.
final class Appliances {
    private static final int FIRST = 1001;
    private static final Map<Kind, Integer> COUNTS = Map.of(Kind.PRINTER, 16, Kind.ROUTER, 14, Kind.LOCK, 8,
            Kind.AIR_PURIFIER, 8, Kind.HEAT_PUMP, 5, Kind.BIKE_BATTERY, 5, Kind.COMPUTER, 4);
    private static final Map<Kind, List<String>> FIRMWARE = Map.of(
            Kind.PRINTER, List.of("2.3.1", "2.3.1", "2.3.0", "2.2.8"),
            Kind.ROUTER, List.of("5.1.0", "5.1.0", "5.0.7", "4.9.2"),
            Kind.LOCK, List.of("1.8.2", "1.8.1"), Kind.AIR_PURIFIER, List.of("3.0.4", "3.0.2"),
            Kind.HEAT_PUMP, List.of("2.2.0"), Kind.BIKE_BATTERY, List.of("1.4.1", "1.4.0"), Kind.COMPUTER,
            List.of("12.1.0"));
    /// Five fusers of one firmware within an hour are an incident. By serial: what is broken, and for how long.
    private static final Map<String, Ail> AILS = Map.ofEntries(
            ail("LP-2000-1001", "fuser-overheat", Duration.ofMinutes(50)),
            ail("LP-2000-1002", "fuser-overheat", Duration.ofMinutes(42)),
            ail("LP-2000-1003", "fuser-overheat", Duration.ofMinutes(46)),
            ail("LP-2000-1008", "fuser-overheat", Duration.ofMinutes(35)),
            ail("LP-2000-1009", "fuser-overheat", Duration.ofMinutes(38)),
            ail("LP-2000-1004", "toner-leak", Duration.ofDays(9)),
            ail("LP-2000-1005", "feed-roller", Duration.ofDays(2)),
            ail("LP-2000-1006", "lamp-weak", Duration.ofHours(5)),
            ail("LP-2000-1007", "damp-room", Duration.ofHours(6)),
            ail("RT-90-1001", "wan-hung", Duration.ofMinutes(30)),
            ail("RT-90-1002", "overheat", Duration.ofHours(4)),
            ail("RT-90-1003", "memory-leak", Duration.ofHours(20)),
            ail("RT-90-1004", "line-noise", Duration.ofHours(2)),
            ail("RT-90-1005", "boot-loop", Duration.ofHours(7)),
            ail("RT-90-1006", "signal-loss", Duration.ofHours(8)),
            ail("RT-90-1007", "wan-hung", Duration.ofMinutes(70)),
            ail("SL-10-1001", "low-battery", Duration.ofDays(2)),
            ail("SL-10-1002", "jam", Duration.ofMinutes(40)),
            ail("SL-10-1003", "stiff-bolt", Duration.ofDays(3)),
            ail("AP-300-1001", "filter-clog", Duration.ofDays(6)),
            ail("AP-300-1002", "fan-bearing", Duration.ofHours(12)),
            ail("HP-8-1001", "refrigerant-loss", Duration.ofHours(10)),
            ail("HP-8-1002", "water-leak", Duration.ofDays(5)),
            ail("EB-36-1001", "self-heating", Duration.ofMinutes(25)),
            ail("EB-36-1002", "weak-cell", Duration.ofDays(1)),
            ail("PC-10-1001", "dust", Duration.ofHours(15)),
            ail("PC-10-1002", "disk-fill", Duration.ofDays(3)));

    private record Ail(String what, Duration since) {}

    private Appliances() {}

    private static Map.Entry<String, Ail> ail(String device, String what, Duration since) {
        return Map.entry(device, new Ail(what, since));
    }

    static List<Appliance> all(LocalDate today, long seed) {
        List<Appliance> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int count = COUNTS.getOrDefault(kind, 0);
            for (int i = 0; i < count; i++) {
                all.add(one(kind, i, today, new Random(seed * 1_000 + kind.word().hashCode() + i)));
            }
        }
        return all;
    }

    private static Appliance one(Kind kind, int place, LocalDate today, Random random) {
        String id = kind.product().model() + "-" + (FIRST + place);
        Ail ail = AILS.getOrDefault(id, new Ail("", Duration.ZERO));
        List<Neighbour> near = Neighbours.in(Town.REGIONS.get(place % Town.REGIONS.size()));
        List<String> versions = FIRMWARE.getOrDefault(kind, List.of(kind.factoryFirmware()));
        String firmware = versions.get(ail.what.isEmpty() ? random.nextInt(versions.size()) : 0);
        Life life = ail.what.isEmpty() && place % 5 == 4
                ? Life.AWAY
                : ail.what.isEmpty() && place % 7 == 6 ? Life.BOXED : Life.ON;
        return new Appliance(id, kind, firmware, near.get(random.nextInt(near.size())),
                today.minusDays(random.nextInt(10, 900)),
                Map.of("house", "yes", "batch", "2025-" + (random.nextInt(4) + 1)),
                ail.what, ail.since, life);
    }
}
