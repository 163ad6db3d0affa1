package io.aftercare.diagnostics.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.incident.Suspicion.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Fleets by dice: how often a part is named where nothing is wrong, and whether a planted one is found.
class SuspicionTest {
    private static final int DEVICES = 600;
    private static final int WORLDS = Integer.getInteger("simulation.worlds", 500);
    private static final int LOOKS = 4;

    private record Fleet(List<Cell> devices) {}

    private static Fleet fleet(Random random) {
        List<Cell> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(new Cell("2." + Math.min(random.nextInt(4), random.nextInt(4)) + ".0",
                    "B" + random.nextInt(20), random.nextInt(5) == 0 ? "A2" : "A1", "r" + random.nextInt(8),
                    1));
        }
        return new Fleet(devices);
    }

    @FunctionalInterface
    private interface Rate {
        double of(Cell device);
    }

    /// Devices that fall ill one look after the other, as an incident sees them.
    private static List<Suspicion> watch(Fleet fleet, Rate rate, Random random) {
        List<Suspicion> looks = new ArrayList<>();
        List<Cell> affected = new ArrayList<>();
        List<Cell> sound = new ArrayList<>(fleet.devices());
        for (int look = 1; look <= LOOKS; look++) {
            for (Cell device : List.copyOf(sound)) {
                if (random.nextDouble() < rate.of(device)) {
                    sound.remove(device);
                    affected.add(device);
                }
            }
            looks.add(Suspicion.of(affected, fleet.devices(), look));
        }
        return looks;
    }

    @Test
    void whereNothingIsWrongAPartIsNamedInOneOfAHundredIncidentsAtMost() {
        int alarms = 0;
        for (long seed = 1; seed <= WORLDS; seed++) {
            Random random = new Random(seed);
            Fleet fleet = fleet(random);
            double rate = 0.01 + random.nextDouble() * 0.2;
            alarms += watch(fleet, _ -> rate, random).stream().anyMatch(look -> look.suspect().isPresent())
                    ? 1
                    : 0;
        }
        System.out.printf("false alarms where nothing is wrong: %d of %d incidents, %d looks each%n", alarms,
                WORLDS,
                LOOKS);
        // three standard deviations above one in a hundred
        assertThat(alarms).isLessThanOrEqualTo(
                (int) (WORLDS * 0.01 + 3 * Math.sqrt(WORLDS * 0.01 * 0.99)));
    }

    @Test
    void aPlantedFirmwareOrBatchIsFoundAndNothingElseNamed() {
        int found = 0;
        int wrong = 0;
        int worlds = WORLDS / 5;
        for (long seed = 1; seed <= worlds; seed++) {
            Random random = new Random(seed);
            Fleet fleet = fleet(random);
            boolean firmware = random.nextBoolean();
            Rate rate = device -> (firmware ? device.firmware().equals("2.2.0") : device.batch().equals("B7"))
                    ? 0.2
                    : 0.005;
            Suspicion last = watch(fleet, rate, random).getLast();
            String named = last.suspect().map(Group::value).orElse("");
            found += named.equals(firmware ? "2.2.0" : "B7") ? 1 : 0;
            wrong += !named.isEmpty() && !named.equals(firmware ? "2.2.0" : "B7") ? 1 : 0;
        }
        System.out.printf("planted parts: %d of %d found, %d wrong ones named%n", found, worlds, wrong);
        assertThat(wrong).isZero();
        assertThat(found).isGreaterThan(worlds * 99 / 100);
    }

    @Test
    void aModelWhoseDevicesAreAllAlikeNamesNothing() {
        List<Cell> devices = List.of(new Cell("1.0", "", "", "", 100));
        Suspicion suspicion = Suspicion.of(List.of(new Cell("1.0", "", "", "", 40)), devices, 1);
        assertThat(suspicion.suspect()).isEmpty();
        assertThat(suspicion.inWords()).contains("alike");
    }
}
