package io.aftercare.diagnostics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.RaisedFaults;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.fleet.http.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultGateIT {
    private final TestDiagnostics house = new TestDiagnostics();
    private final RaisedFaults faults = new RaisedFaults(house);

    @BeforeEach
    void devices() {
        faults.device("GW-1", "1.0", "", "");
        faults.device("SN-1", "2.4.0", "", "GW-1");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private String in(Duration time) {
        return house.clock.instant().plus(time).toString();
    }

    private JsonNode shown(ObjectNode fault) throws Exception {
        return house.as("a:agent", "GET", "/faults/" + fault.path("fault").asText(), null).json();
    }

    private List<String> released() {
        house.diagnostics.gate().release();
        return house.outbox().stream().filter(entry -> entry.contains(":released:")).toList();
    }

    @Test
    void whatIsRaisedInMaintenanceIsToldAtItsEndIfItIsOpenStill() throws Exception {
        Answer made = house.as("c:coordinator", "POST", "/devices/SN-1/maintenance",
                "{\"until\":\"" + in(Duration.ofHours(1)) + "\",\"reason\":\"new belt\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        ObjectNode stays = faults.stored("SN-1", "HOT");
        assertThat(faults.tell("fault.raised", stays)).isFalse();
        ObjectNode goes = faults.raise("SN-1", "JAM");
        assertThat(shown(stays).path("state").asText()).isEqualTo("suppressed");
        assertThat(shown(stays).path("hold").path("reason").asText()).contains("new belt");
        assertThat(house.as("a:agent", "GET", "/faults?state=suppressed", null).json().path("items"))
                .hasSize(2);
        faults.clear(goes);
        house.clock.pass(Duration.ofMinutes(59));
        assertThat(released()).isEmpty();
        house.clock.pass(Duration.ofMinutes(2));
        assertThat(released()).hasSize(1).first().asString()
                .startsWith("fault.raised " + stays.path("fault").asText());
        assertThat(faults.tell("fault.raised", stays.put("released", true))).as("told anew it passes")
                .isTrue();
        assertThat(shown(stays).path("state").asText()).isEqualTo("firing");
        assertThat(shown(stays).path("notes").findValuesAsText("kind")).containsExactly("suppressed",
                "released");
    }

    @Test
    void maintenanceAndSuppressionsEndEarlyAndNeverLackAnEnd() throws Exception {
        assertThat(
                house.as("c:coordinator", "POST", "/devices/SN-1/maintenance", "{\"reason\":\"x\"}").status())
                .isEqualTo(400);
        Answer endless = house.as("c:coordinator", "POST", "/suppressions",
                "{\"code\":\"HOT\",\"reason\":\"x\",\"until\":\"" + in(Duration.ofDays(91)) + "\"}");
        assertThat(endless.status()).isEqualTo(400);
        assertThat(endless.text()).contains("90 days");
        assertThat(house.as("c:coordinator", "POST", "/suppressions",
                "{\"reason\":\"x\",\"until\":\"" + in(Duration.ofDays(1)) + "\"}").text())
                .contains("name devices");
        assertThat(house.as("a:agent", "POST", "/suppressions",
                "{\"code\":\"HOT\",\"reason\":\"x\",\"until\":\"" + in(Duration.ofDays(1)) + "\"}").status())
                .isEqualTo(403);
        Answer made = house.as("q:quality", "POST", "/suppressions",
                "{\"code\":\"HOT\",\"firmware\":\"2.4.0\","
                        + "\"reason\":\"known\",\"until\":\"" + in(Duration.ofDays(1)) + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        ObjectNode held = faults.stored("SN-1", "HOT");
        assertThat(faults.tell("fault.raised", held)).isFalse();
        assertThat(faults.tell("fault.raised", faults.stored("SN-1", "JAM"))).as("another code").isTrue();
        assertThat(faults.tell("fault.raised", faults.stored("GW-1", "HOT"))).as("another firmware").isTrue();
        assertThat(released()).isEmpty();
        String id = made.json().path("id").asText();
        assertThat(house.as("q:quality", "DELETE", "/suppressions/" + id, null).status()).isEqualTo(204);
        assertThat(released()).hasSize(1);
        JsonNode list = house.as("a:agent", "GET", "/suppressions?state=ended", null).json().path("items");
        assertThat(list.findValuesAsText("id")).containsExactly(id);
        int audited = house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.audit WHERE object = :id")
                .bind("id", "suppression/" + id)
                .mapTo(Integer.class).one());
        assertThat(audited).isEqualTo(2);
    }

    @Test
    void aDeadGatewaySilencesItsChildrenWhicheverComesFirst() throws Exception {
        ObjectNode first = depending(faults.stored("SN-1", "SILENT"));
        assertThat(faults.tell("fault.raised", first)).as("waits for its gateway").isFalse();
        assertThat(shown(first).path("state").asText()).as("not explained yet").isEqualTo("firing");
        house.clock.pass(Duration.ofSeconds(30));
        ObjectNode gateway = faults.stored("GW-1", "GATEWAY_SILENT");
        assertThat(faults.tell("fault.raised", gateway)).isTrue();
        house.clock.pass(Duration.ofSeconds(40));
        assertThat(released()).isEmpty();
        assertThat(shown(first).path("state").asText()).isEqualTo("suppressed");
        assertThat(shown(first).path("hold").path("cause").asText())
                .isEqualTo(gateway.path("fault").asText());
        faults.device("SN-2", "2.4.0", "", "GW-1");
        ObjectNode second = depending(faults.stored("SN-2", "SILENT"));
        assertThat(faults.tell("fault.raised", second)).as("explained at once").isFalse();
        assertThat(shown(second).path("hold").path("reason").asText()).contains("GW-1 has GATEWAY_SILENT");
        faults.clear(gateway);
        faults.clear(second);
        house.clock.pass(Duration.ofSeconds(61));
        assertThat(released()).as("one is open a grace after its gateway is back").hasSize(1).first()
                .asString()
                .contains(first.path("fault").asText());
    }

    private static ObjectNode depending(ObjectNode payload) {
        ObjectNode depends = payload.putObject("dependsOn").put("grace", "PT60S");
        depends.putArray("device");
        depends.putArray("gateway").add("GATEWAY_SILENT");
        return payload;
    }

    @Test
    void anOpenFaultIsAcknowledgedAndSuppressedAndAnnouncesItselfWhenItComesBack() throws Exception {
        ObjectNode fault = faults.raise("SN-1", "HOT");
        String path = "/faults/" + fault.path("fault").asText();
        Answer seen = house.as("ann:agent", "POST", path + "/acknowledge", "{\"note\":\"on my way\"}");
        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.json().path("acknowledged").path("by").asText()).isEqualTo("ann");
        assertThat(house.as("ann:agent", "POST", path + "/suppress",
                "{\"until\":\"" + in(Duration.ofHours(1)) + "\",\"reason\":\"x\"}").status()).isEqualTo(403);
        Answer quiet = house.as("c:coordinator", "POST", path + "/suppress",
                "{\"until\":\"" + in(Duration.ofHours(1)) + "\",\"reason\":\"part is ordered\"}");
        assertThat(quiet.json().path("state").asText()).as(quiet.text()).isEqualTo("suppressed");
        faults.clear(fault);
        faults.again(fault);
        assertThat(shown(fault).path("state").asText()).as("it came back meanwhile").isEqualTo("suppressed");
        assertThat(shown(fault).path("acknowledged").isObject()).as("nobody has seen it since").isFalse();
        house.clock.pass(Duration.ofHours(2));
        assertThat(released()).hasSize(1).first().asString().startsWith("fault.reraised ");
        faults.clear(fault);
        assertThat(house.as("ann:agent", "POST", path + "/acknowledge", "{\"note\":\"\"}").status())
                .isEqualTo(409);
    }

    @Test
    void whatBecomesWorseWhileItIsHeldIsToldAsBadAsItIsThen() throws Exception {
        house.as("c:coordinator", "POST", "/devices/SN-1/maintenance",
                "{\"until\":\"" + in(Duration.ofHours(1)) + "\",\"reason\":\"new belt\"}");
        ObjectNode fault = faults.raise("SN-1", "HOT");
        assertThat(faults.tell("fault.escalated", fault.put("severity", "critical"))).isFalse();
        house.as("c:coordinator", "DELETE", "/devices/SN-1/maintenance", null);
        assertThat(released()).hasSize(1).first().asString().startsWith("fault.raised ");
        String severity = house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT payload->>'severity' FROM fleet.outbox WHERE key LIKE '%:released:%'")
                .mapTo(String.class).one());
        assertThat(severity).isEqualTo("critical");
    }
}
