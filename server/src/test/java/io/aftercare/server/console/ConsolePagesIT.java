package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every page of the console in a house full of work: none is forgotten, because the console's own table says which there are.
/// Their pictures are kept in `target/screenshots`.
@ConsoleTest
class ConsolePagesIT {
    private static final int FLEET = 16;
    private static final int SICK = 6;

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> everyPageIsFitToBeSeen(Desk desk) throws Exception {
        desk.world().furnish();
        troubled(desk.world());
        Tour tour = new Tour(desk);
        List<Tour.Stop> stops = tour.stops();
        assertThat(stops).hasSizeGreaterThan(10);
        return stops.stream().map(stop -> DynamicTest.dynamicTest(stop.route(),
                () -> assertThat(tour.faults(stop)).as(stop.route()).isEmpty()));
    }

    // an incident, and a campaign
    private void troubled(ConsoleWorld world) throws Exception {
        try (Firmware team = Firmware.team(world, folder, FLEET)) {
            team.watchHeat();
            team.campaign(team.release(240, "2.4.0"), "{\"soak\":\"PT1H\"}", 10, 100);
            team.devices.subList(0, SICK).forEach(device -> device.say("state", Map.of("firmware", "2.3.1")));
            team.devices.subList(0, SICK).forEach(device -> device.measure("fuser_temp", 220));
            world.admin().await("/api/v1/incidents?state=open",
                    list -> list.path("items").findValuesAsText("model").contains(team.model));
        }
    }
}
