package io.aftercare.diagnostics.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.RaisedFaults;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.http.TestApi.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncidentIT {
    private static final int STORM = Integer.getInteger("storm.faults", 1_000);
    private final TestDiagnostics house = new TestDiagnostics();
    private final RaisedFaults faults = new RaisedFaults(house);

    @AfterEach
    void stop() {
        house.close();
    }

    private void fleet(int bad, int good) {
        for (int i = 0; i < bad; i++) {
            faults.device("BAD-" + i, "2.4.0", "B" + i % 5, "");
        }
        for (int i = 0; i < good; i++) {
            faults.device("GOOD-" + i, "2.3.0", "B" + i % 5, "");
        }
    }

    private void settle() {
        for (int round = 0; round < 100 && house.diagnostics.incidents().round(); round++) {
            assertThat(round).as("news end").isLessThan(99);
        }
    }

    private JsonNode incident(String id) throws Exception {
        return house.as("a:agent", "GET", "/incidents/" + id, null).json();
    }

    private List<String> told(String topic) {
        return house.outbox().stream().filter(entry -> entry.startsWith(topic + " ")).toList();
    }

    @Test
    void manyDevicesOfOneFirmwareAreOneIncidentThatNamesItAndEndsWithTheLast() throws Exception {
        fleet(20, 80);
        List<ObjectNode> raised = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            raised.add(faults.raise("BAD-" + i, "HOT"));
        }
        faults.raise("GOOD-1", "HOT");
        settle();
        assertThat(house.as("a:agent", "GET", "/incidents", null).json().path("items")).isEmpty();
        for (int i = 4; i < 9; i++) {
            raised.add(faults.raise("BAD-" + i, "HOT"));
        }
        settle();
        JsonNode list = house.as("a:agent", "GET", "/incidents?state=open&code=HOT&model=LP-2000", null)
                .json()
                .path("items");
        assertThat(list).hasSize(1);
        String id = list.get(0).path("id").asText();
        JsonNode one = incident(id);
        assertThat(one.path("members")).hasSize(9);
        assertThat(one.path("suspect").path("dimension").asText()).isEqualTo("firmware");
        assertThat(one.path("suspect").path("value").asText()).isEqualTo("2.4.0");
        assertThat(one.path("text").asText())
                .startsWith("9 of 20 devices with firmware 2.4.0 (45 %), 1 of 80 others; odds ");
        assertThat(told("incident.opened")).hasSize(1);
        assertThat(told("incident.joined")).hasSize(1);

        ObjectNode later = faults.raise("BAD-9", "HOT");
        faults.raise("GOOD-2", "HOT");
        settle();
        assertThat(incident(id).path("members")).as("of the suspect firmware alone").hasSize(10);
        house.database.useTransaction(
                handle -> Faults.ticketOpened(handle, later.path("fault").asText(), "77"));
        assertThat(told("incident.joined")).as("a ticket that opens later is told too").hasSize(3);
        assertThat(incident(id).path("tickets").get(0).asText()).isEqualTo("77");

        raised.forEach(faults::clear);
        settle();
        assertThat(incident(id).path("state").asText()).isEqualTo("open");
        faults.clear(later);
        settle();
        assertThat(incident(id).path("state").asText()).isEqualTo("resolved");
        assertThat(told("incident.resolved")).hasSize(1);
        house.clock.pass(Duration.ofHours(2));
        faults.again(later);
        settle();
        assertThat(incident(id).path("state").asText()).as("one returned").isEqualTo("open");
        assertThat(incident(id).path("timeline").findValuesAsText("kind"))
                .containsExactly("opened", "joined", "joined", "resolved", "reopened");
    }

    @Test
    void aBadBatchIsNamedAcrossFirmwares() throws Exception {
        fleet(100, 100);
        for (int i = 3; i < 60; i += 5) {
            faults.raise("BAD-" + i, "JAM");
            faults.raise("GOOD-" + i, "JAM");
        }
        settle();
        JsonNode suspect = house.as("a:agent", "GET", "/incidents", null).json().path("items").get(0)
                .path("suspect");
        assertThat(suspect.path("dimension").asText()).isEqualTo("batch");
        assertThat(suspect.path("value").asText()).isEqualTo("B3");
    }

    @Test
    void whatIsHeldBackMakesNoIncident() throws Exception {
        fleet(20, 0);
        house.as("c:coordinator", "POST", "/suppressions",
                "{\"model\":\"LP-2000\",\"reason\":\"trade fair\",\"until\":\""
                        + house.clock.instant().plus(Duration.ofHours(1)) + "\"}");
        for (int i = 0; i < 20; i++) {
            faults.raise("BAD-" + i, "HOT");
        }
        settle();
        assertThat(house.as("a:agent", "GET", "/incidents", null).json().path("items")).isEmpty();
    }

    @Test
    void incidentsAreTakenTogetherAndApart() throws Exception {
        fleet(20, 20);
        List<ObjectNode> hot = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            hot.add(faults.raise("BAD-" + i, "HOT"));
            faults.raise("BAD-" + i, "JAM");
        }
        settle();
        assertThat(house.as("a:agent", "GET", "/incidents", null).json().path("items")).hasSize(2);
        String one = house.as("a:agent", "GET", "/incidents?code=HOT", null).json().path("items").get(0)
                .path("id")
                .asText();
        String other = house.as("a:agent", "GET", "/incidents?code=JAM", null).json().path("items").get(0)
                .path("id")
                .asText();
        assertThat(house.as("a:agent", "GET", "/incidents/nope", null).status()).isEqualTo(404);
        assertThat(house.as("a:agent", "POST", "/incidents/" + one + "/merge", "{\"into\":\"" + other + "\"}")
                .status())
                .isEqualTo(403);
        Answer merged = house.as("q:quality", "POST", "/incidents/" + one + "/merge",
                "{\"into\":\"" + other + "\"}");
        assertThat(merged.json().path("state").asText()).as(merged.text()).isEqualTo("merged");
        faults.raise("BAD-8", "HOT");
        settle();
        assertThat(incident(other).path("members")).as("later ones go there too").hasSize(17);
        Answer apart = house.as("q:quality", "POST", "/incidents/" + one + "/unmerge", null);
        assertThat(apart.status()).as(apart.text()).isEqualTo(200);
        assertThat(apart.json().path("state").asText()).isEqualTo("open");
        assertThat(apart.json().path("members")).hasSize(9);
        assertThat(incident(other).path("members")).hasSize(8);

        String taken = hot.getFirst().path("fault").asText();
        assertThat(house.as("q:quality", "DELETE", "/incidents/" + one + "/members/" + taken, null).status())
                .isEqualTo(204);
        assertThat(incident(one).path("members")).hasSize(8);
        Answer added = house.as("q:quality", "POST", "/incidents/" + other + "/members",
                "{\"faults\":[\"" + taken + "\"]}");
        assertThat(added.json().path("members")).as(added.text()).hasSize(9);
        Answer watched = house.as("q:quality", "POST", "/incidents/" + one + "/transitions",
                "{\"to\":\"monitoring\",\"reason\":\"2.4.1 is out\"}");
        assertThat(watched.json().path("state").asText()).as(watched.text()).isEqualTo("monitoring");
        faults.raise("BAD-9", "HOT");
        settle();
        assertThat(incident(one).path("state").asText()).isEqualTo("open");
        assertThat(house.as("p:partner::O-1", "GET", "/incidents", null).json().path("items"))
                .as("not its outlet")
                .isEmpty();
    }

    @Test
    void aStormIsOneIncidentAndHoldsUpNobody() throws Exception {
        house.database.jdbi()
                .useHandle(handle -> handle
                        .createUpdate(
                                """
                                        INSERT INTO fleet.device (id, model, token_hash, region, firmware, state)
                                        SELECT 'ST-' || n, 'LP-2000', sha256(n::text::bytea), 'eu', CASE WHEN n <= :storm THEN '9.9' ELSE '9.8' END,
                                            'active' FROM generate_series(1, :storm * 2) n""")
                        .bind("storm", STORM).execute());
        long begin = System.nanoTime();
        for (int i = 1; i <= STORM; i++) {
            faults.raise("ST-" + i, "HOT");
        }
        double gate = (System.nanoTime() - begin) / 1e6;
        begin = System.nanoTime();
        settle();
        double taken = (System.nanoTime() - begin) / 1e6;
        System.out.printf("storm of %d faults: gate %.2f ms a fault (with the row that the lane writes),"
                + " incident after %.0f ms%n", STORM, gate / STORM, taken);
        JsonNode items = house.as("a:agent", "GET", "/incidents", null).json().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("openMembers").asInt()).isEqualTo(STORM);
    }
}
