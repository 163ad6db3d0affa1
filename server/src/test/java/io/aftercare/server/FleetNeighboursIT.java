package io.aftercare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.remote.FleetFacts;
import io.aftercare.service.ticket.DeviceCases;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What fleet actions ask of other features, by these features' own tables.
class FleetNeighboursIT {
    private final Database database = TestDatabase.create("ingest", "diagnostics", "service", "ota");
    private final FleetNeighbours neighbours = new FleetNeighbours(database, new Faults(database));

    @BeforeEach
    void prepare() {
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO fleet.product (model, name, document) VALUES ('LP-2000', 'Printer', '{}')");
            for (String row : List.of("SN-1,eu,2.1.0,active", "SN-2,eu,2.0.9,active", "SN-3,us,2.1.0,active",
                    "SN-4,eu,2.1.0,retired")) {
                String[] device = row.split(",", -1);
                handle.createUpdate("""
                        INSERT INTO fleet.device (id, model, token_hash, region, firmware, state)
                        VALUES (:id, 'LP-2000', :hash, :region, :firmware, :state)""").bind("id", device[0])
                        .bind("hash", DeviceToken.random().hash()).bind("region", device[1])
                        .bind("firmware", device[2]).bind("state", device[3]).execute();
            }
        });
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void aConditionChoosesAsOneOfACampaignDoes() {
        assertThat(neighbours.chosen("LP-2000",
                "device.region == 'eu' && semver(device.firmware) >= semver('2.1.0')",
                10)).containsExactly("SN-1");
        assertThat(neighbours.chosen("LP-2000", "true", 2)).containsExactly("SN-1", "SN-2");
        assertThat(neighbours.chosen("LP-9", "true", 10)).isEmpty();
        assertThatThrownBy(() -> neighbours.chosen("LP-2000", "device.colour == 'red'", 10))
                .isInstanceOf(Problem.class).hasMessageContaining("target: line 1")
                .hasMessageContaining("known are device.customer");
    }

    @Test
    void anOpenTicketLeadsToItsDeviceAndAClosedOneToNone() {
        DeviceCases cases = new DeviceCases(database);
        long open = ticket("new");
        assertThat(cases.deviceOf(Long.toString(open))).contains(new DeviceId("SN-1"));
        assertThat(cases.deviceOf("T-%06d".formatted(open))).contains(new DeviceId("SN-1"));
        assertThat(cases.deviceOf(Long.toString(ticket("closed")))).isEmpty();
        assertThat(cases.deviceOf("T-999999")).isEmpty();
        assertThat(cases.deviceOf("nonsense")).isEmpty();
    }

    private long ticket(String state) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        INSERT INTO service.ticket (device, title, description, symptom, origin, opened_at, state, state_since,
                            priority, plain, grams)
                        VALUES ('SN-1', 'x', '', '', 'web', now(), :state, now(), 'P3', '', '{}') RETURNING id""")
                .bind("state", state).mapTo(Long.class).one());
    }

    @Test
    void aFaultIsThatOfTheDevicesAskedForAndNotOlder() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        for (String device : List.of("SN-1", "SN-2")) {
            database.jdbi()
                    .useHandle(handle -> handle
                            .createUpdate(
                                    """
                                            INSERT INTO diagnostics.fault (id, device, code, severity, state, rule, rule_version, title, first_seen,
                                                last_seen, last_raised, count, events, explain)
                                            VALUES ('f' || :device, :device, 'overheat', 'major', 'firing', 'r', 1, 'Too hot', :now, :now, :now, 1, 1,
                                                '{}')""")
                            .bind("device", device).bind("now", now).execute());
        }
        List<DeviceId> devices = List.of(new DeviceId("SN-1"), new DeviceId("SN-3"));
        assertThat(neighbours.raised(devices, now.minusSeconds(1)))
                .containsExactly(new FleetFacts.Raised(new DeviceId("SN-1"), "overheat", now));
        assertThat(neighbours.raised(devices, now.plusSeconds(1))).isEmpty();
    }
}
