package io.aftercare.remote.crash;

import static io.aftercare.remote.crash.CrashHouse.IN_BUILD_1;
import static io.aftercare.remote.crash.CrashHouse.IN_BUILD_2;
import static io.aftercare.remote.crash.CrashHouse.data;
import static io.aftercare.remote.crash.symbol.Fixture.BUILD_1;
import static io.aftercare.remote.crash.symbol.Fixture.BUILD_2;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupsIT {
    private final CrashHouse house = new CrashHouse();

    @AfterEach
    void stop() {
        house.close();
    }

    private Answer post(String group, String deed, int version, String body) {
        return house.ask("f:firmware", "POST", "/crash-groups/" + group + "/" + deed, body, "If-Match",
                "\"" + version + "\"");
    }

    private JsonNode group(String id) {
        return house.get("/crash-groups/" + id);
    }

    private String only() {
        return house.settled("SN-1", 1).path(0).path("group").asText();
    }

    private List<String> deeds() {
        return house.remote.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit WHERE object LIKE 'crash-group/%' ORDER BY id")
                .mapTo(String.class).list());
    }

    @Test
    void somebodyHasItMendsItAndItComesBack() {
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        String id = only();
        house.drained();
        assertThat(house.remote.told).filteredOn(told -> told.startsWith("crash.group.new")).singleElement()
                .asString().contains(id, "SIGSEGV in spoolerd+0x1000", "\"firmware\":\"2.3.0\"");
        assertThat(group(id).path("state").asText()).isEqualTo("open");
        assertThat(post(id, "assign", 1, "{\"assignee\":\"nobody\"}").status()).isEqualTo(400);
        Answer assigned = post(id, "assign", 1, "{\"assignee\":\"dev\"}");
        assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);
        assertThat(assigned.json().path("assignee").asText()).isEqualTo("dev");
        assertThat(post(id, "resolve", 1, "{\"firmware\":\"2.4.0\"}").status()).as("a lost race")
                .isEqualTo(412);
        assertThat(post(id, "reopen", 2, "{}").text()).contains("is assigned: that is not possible now");
        assertThat(house.ask("a:agent", "POST", "/crash-groups/" + id + "/resolve",
                "{\"firmware\":\"2.4.0\"}", "If-Match", "\"2\"").status()).isEqualTo(403);
        assertThat(post(id, "resolve", 2, "{\"firmware\":\"2.4.0\",\"why\":\"r12\"}").json().path("state")
                .asText()).isEqualTo("resolved");
        assertThat(post(id, "assign", 3, "{\"assignee\":null}").status()).isEqualTo(409);

        house.crash("SN-2", data("crash-1", BUILD_1, IN_BUILD_1));
        house.settled("SN-2", 1);
        assertThat(group(id).path("state").asText()).as("an older firmware").isEqualTo("resolved");
        house.crash("SN-1", data("crash-2", BUILD_1, IN_BUILD_1).put("firmware", "2.4.1"));
        house.settled("SN-1", 2);
        JsonNode back = group(id);
        assertThat(back.path("state").asText()).isEqualTo("regressed");
        assertThat(back.path("regressedIn").asText()).isEqualTo("2.4.1");
        assertThat(back.path("assignee").asText()).isEqualTo("dev");
        assertThat(house.get("/crash-groups?state=regressed&firmware=2.4.1").path("items")).hasSize(1);
        assertThat(house.get("/crash-groups?state=open").path("items")).isEmpty();
        assertThat(deeds()).containsExactly("crash-group.assign", "crash-group.resolve",
                "crash-group.regressed");
    }

    @Test
    void twoAreOneByHandAndWhatComesLaterToo() {
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        String one = only();
        house.remote.clock.pass(Duration.ofDays(2));
        house.crash("SN-2", data("crash-1", BUILD_2, IN_BUILD_2));
        String two = house.settled("SN-2", 1).path(0).path("group").asText();
        assertThat(post(one, "merge", 1, "{\"into\":\"" + one + "\"}").status()).isEqualTo(400);
        assertThat(post(one, "merge", 7, "{\"into\":\"" + two + "\"}").status()).isEqualTo(412);
        Answer merged = post(one, "merge", 1, "{\"into\":\"" + two + "\"}");
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(merged.json().path("id").asText()).isEqualTo(two);
        house.crash("SN-1", data("crash-2", BUILD_1, IN_BUILD_1));
        assertThat(house.settled("SN-1", 2).findValuesAsText("group")).containsOnly(two);
        JsonNode group = group(one);
        assertThat(group.path("id").asText()).as("old links lead on").isEqualTo(two);
        assertThat(group.path("crashes").asInt()).isEqualTo(3);
        assertThat(group.path("devices").asInt()).isEqualTo(2);
        assertThat(group.path("builds")).hasSize(2);
        assertThat(group.path("trend")).hasSize(14);
        assertThat(group.path("trend").path(13).path("crashes").asInt()).isEqualTo(2);
        assertThat(group.path("trend").path(11).path("crashes").asInt()).isEqualTo(1);
        assertThat(house.get("e:engineer:us", "/crash-groups/" + two).path("trend").findValuesAsText(
                "crashes")).filteredOn("1"::equals).hasSize(1);
        assertThat(house.get("/crash-groups").path("items")).hasSize(1);
        assertThat(post(one, "merge", 1, "{\"into\":\"" + two + "\"}").text()).contains("merged already");
        assertThat(deeds()).containsExactly("crash-group.merge");
    }

    @Test
    void crashesAreFoundByWhatIsKnownOfThem() {
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        house.crash("SN-2", data("crash-1", BUILD_1, IN_BUILD_1).put("firmware", "2.9.0"));
        house.crash("SN-2", Json.object().put("reason", "watchdog"));
        String group = only();
        house.settled("SN-2", 2);
        for (String query : List.of("device=SN-1", "firmware=2.9.0", "state=no-stack",
                "group=" + group + "&firmware=2.3.0", "device=SN-2&model=LP-2000&state=symbols-missing")) {
            assertThat(house.get("/crashes?" + query).path("items")).as(query).hasSize(1);
        }
        assertThat(house.get("/crashes?model=OTHER").path("items")).isEmpty();
        assertThat(house.get("e:engineer:eu", "/crashes").path("items")).hasSize(1);
        JsonNode page = house.get("/crashes?limit=2");
        assertThat(house.get("/crashes?limit=2&cursor=" + page.path("next").asText()).path("items"))
                .hasSize(1);
        assertThat(house.ask("a:agent", "GET", "/crashes?state=gone", null).status()).isEqualTo(400);
    }

    @Test
    void aFlatReportIsACrashOfItsBuild() {
        house.crash("SN-1", Json.parse("{\"buildId\":\"" + BUILD_1
                + "\",\"process\":\"spoolerd\",\"reason\":\"SIGSEGV\",\"stack\":[\"0x1000\",\"0x101a\"]}"));
        JsonNode crash = house.settled("SN-1", 1).path(0);
        assertThat(crash.path("state").asText()).isEqualTo("symbols-missing");
        assertThat(group(crash.path("group").asText()).path("title").asText())
                .isEqualTo("SIGSEGV in spoolerd+0x1000");
    }
}
