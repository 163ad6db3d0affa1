package io.aftercare.service.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.LiveReader;
import io.aftercare.service.Crew;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoteNewsIT {
    @AutoClose
    private final TestApi api = new TestApi();

    private String ticket(String device) {
        return ok("ann:agent", "/tickets",
                "{\"device\":\"" + device
                        + "\",\"title\":\"Jams\",\"channel\":\"phone\",\"contact\":{\"email\":\"li@example.org\"}}")
                .get("id").asText();
    }

    private JsonNode ok(String user, String path, String json) {
        Answer answer = api.call(user, "POST", path, json);
        assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201);
        return answer.body();
    }

    @Test
    void whatBelongsToACaseIsToldWithItsIdAndState() {
        var _ = new Crew(api);
        String ticket = ticket("LP-1");
        try (LiveReader reader = api.reader("bob:agent"); LiveReader.Stream live = reader.open()) {
            String order = ok("ann:agent", "/tickets/" + ticket + "/work-orders",
                    "{\"type\":\"on-site\",\"task\":\"Fuser\",\"site\":{\"lat\":31.2,\"lon\":121.5}}")
                    .get("id")
                    .asText();
            JsonNode told = live.until("work-order.changed");
            assertThat(told.get("id").asText()).isEqualTo(order);
            assertThat(told.get("ticket").asText()).isEqualTo(ticket);
            assertThat(told.get("state").asText()).isEqualTo("draft");
            String rma = ok("ann:agent", "/tickets/" + ticket + "/rma",
                    "{\"type\":\"repair-return\",\"reason\":\"Jams\",\"quality\":true}").get("id").asText();
            assertThat(live.until("ticket.noted").get("kind").asText()).isEqualTo("rma");
            told = live.until("rma.changed");
            assertThat(told.get("id").asText()).isEqualTo(rma);
            assertThat(told.get("state").asText()).isEqualTo("requested");
            ok("ann:agent", "/tickets/" + ticket + "/remote-consents",
                    "{\"purposes\":[\"data\"],\"why\":\"it stops at night\"}");
            told = live.until("consent.changed");
            assertThat(told.get("ticket").asText()).isEqualTo(ticket);
            assertThat(told.get("purpose").asText()).isEqualTo("data");
            assertThat(told.get("state").asText()).isEqualTo("asked");
        }
    }

    @Test
    void aPartnerHearsOfCasesOfItsOutletAlone() {
        String north = ticket("LP-1");
        String south = ticket("LP-2");
        try (LiveReader reader = api.reader("sue:partner:south"); LiveReader.Stream live = reader.open()) {
            for (String ticket : new String[]{north, south}) {
                ok("ann:agent", "/tickets/" + ticket + "/remote-consents",
                        "{\"purposes\":[\"action\"],\"why\":\"to restart it\"}");
            }
            assertThat(live.until("consent.changed").get("ticket").asText()).isEqualTo(south);
        }
    }

    @Test
    void emergenciesAreToldToStaff() {
        try (LiveReader reader = api.reader("bob:agent"); LiveReader.Stream live = reader.open()) {
            JsonNode opened = ok("ann:agent", "/emergencies", "{\"level\":3,\"title\":\"Fusers smell\"}");
            JsonNode told = live.until("emergency.changed");
            assertThat(told.get("id").asText()).isEqualTo(opened.get("id").asText());
            assertThat(told.get("state").asText()).isEqualTo("warning");
            assertThat(told.get("level").asInt()).isEqualTo(3);
        }
    }
}
