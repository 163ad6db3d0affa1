package io.aftercare.diagnostics.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleVersionsIT {
    private static final String ENGINEER = "erna:engineer";
    private final TestDiagnostics house = new TestDiagnostics();

    @BeforeEach
    void start() {
        house.start();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static String rule(String id, int limit) {
        return "id: %s\nfault: { code: HOT }\nwhen: 'fuser_temp > %d'\n".formatted(id, limit);
    }

    private Answer put(String id, int limit, String query, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/yaml";
        return house.as(ENGINEER, "PUT", "/rules/" + id + query, rule(id, limit), all);
    }

    private Answer post(String path, String body) throws Exception {
        return house.as(ENGINEER, "POST", path, body, "Content-Type", "application/json");
    }

    private List<String> inForce() {
        return house.diagnostics.engine().rules().stream()
                .map((ActiveRule active) -> active.rule().id() + " " + active.version() + " "
                        + active.rule().when().text())
                .toList();
    }

    @Test
    void aDraftJudgesNobodyUntilItIsPutInForceAndARollbackReturnsToWhatWas() throws Exception {
        assertThat(put("hot", 200, "").status()).isEqualTo(201);
        Answer draft = put("hot", 210, "?activate=false");
        assertThat(draft.status()).as(draft.text()).isEqualTo(200);
        assertThat(draft.json().path("version").asInt()).isEqualTo(2);
        assertThat(inForce()).containsExactly("hot 1 fuser_temp > 200");
        assertThat(house.as("a:agent", "GET", "/rules/hot", null).header("ETag")).isEqualTo("\"1\"");

        Answer second = post("/rules/hot/activate", "{\"version\":2}");
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.header("ETag")).isEqualTo("\"2\"");
        assertThat(put("hot", 220, "", "If-Match", "\"2\"").json().path("version").asInt()).isEqualTo(3);
        assertThat(inForce()).containsExactly("hot 3 fuser_temp > 220");

        assertThat(post("/rules/hot/rollback", "").json().path("version").asInt()).isEqualTo(2);
        assertThat(inForce()).containsExactly("hot 2 fuser_temp > 210");
        assertThat(post("/rules/hot/rollback", "").json().path("version").asInt()).isEqualTo(1);
        assertThat(post("/rules/hot/rollback", "").status()).as("nothing was before").isEqualTo(409);

        var versions = house.as("a:agent", "GET", "/rules/hot/versions", null).json().path("items");
        assertThat(versions).hasSize(3);
        assertThat(versions.get(1).path("inForce")).as("of version 2").hasSize(2);
        assertThat(versions.get(2).path("active").asBoolean()).isTrue();
        assertThat(versions.get(2).path("inForce").get(1).hasNonNull("until")).isFalse();
        List<String> deeds = house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit WHERE object = 'rule/hot' ORDER BY id")
                .mapTo(String.class).list());
        assertThat(deeds).containsExactly("rule.create", "rule.draft", "rule.activate", "rule.change",
                "rule.rollback", "rule.rollback");
    }

    @Test
    void severalComeIntoForceTogetherOrNotAtAll() throws Exception {
        put("one", 1, "?activate=false");
        put("two", 2, "?activate=false");
        assertThat(inForce()).isEmpty();
        assertThat(house.as("a:agent", "GET", "/rules", null).json().path("items")).isEmpty();
        assertThat(house.as("a:agent", "GET", "/rules?all=true", null).json().path("items")).hasSize(2);
        Answer bad = post("/rules/activate",
                "{\"rules\":[{\"id\":\"one\",\"version\":1},{\"id\":\"two\",\"version\":7}]}");
        assertThat(bad.status()).isEqualTo(404);
        assertThat(inForce()).isEmpty();
        Answer good = post("/rules/activate",
                "{\"rules\":[{\"id\":\"two\",\"version\":1},{\"id\":\"one\",\"version\":1}]}");
        assertThat(good.status()).as(good.text()).isEqualTo(200);
        assertThat(good.json().path("items")).hasSize(2);
        assertThat(inForce()).hasSize(2);
        assertThat(house.as(ENGINEER, "DELETE", "/rules/one", null).status()).isEqualTo(204);
        assertThat(post("/rules/one/activate", "{\"version\":1}").status()).as("deleted").isEqualTo(409);
        assertThat(put("one", 5, "").json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void theReadyRulesOfAProductComeIntoForceInOneStepAndWhatWasThereStays() throws Exception {
        put("fuser-overheat", 200, "");
        Answer installed = post("/rule-library/install", "{\"models\":[\"LP-2000\"]}");
        assertThat(installed.status()).as(installed.text()).isEqualTo(200);
        assertThat(installed.json().path("kept")).isEqualTo(Json.parse("[\"fuser-overheat\"]"));
        assertThat(inForce()).contains("fuser-overheat 1 fuser_temp > 200")
                .hasSize(installed.json().path("installed").size() + 1).hasSizeGreaterThan(5);
        assertThat(post("/rule-library/install", "{\"models\":[\"LP-2000\"]}").json().path("installed"))
                .isEmpty();
        assertThat(post("/rule-library/install", "{\"ids\":[\"no-such\"]}").status()).isEqualTo(404);
        assertThat(post("/rule-library/install", "{}").status()).isEqualTo(400);
        assertThat(
                house.as("a:agent", "GET", "/rule-library?model=SL-10", null).json().path("items").toString())
                .contains("lock-jam").doesNotContain("fuser-overheat");
    }

    @Test
    void whoIsTooLateIsToldAndAnAgentMayNot() throws Exception {
        put("hot", 200, "");
        put("hot", 210, "?activate=false");
        assertThat(house.as(ENGINEER, "POST", "/rules/hot/activate", "{\"version\":2}", "Content-Type",
                "application/json", "If-Match", "\"9\"").status()).isEqualTo(412);
        assertThat(house.as("a:agent", "POST", "/rules/hot/activate", "{\"version\":2}", "Content-Type",
                "application/json").status()).isEqualTo(403);
        assertThat(inForce()).containsExactly("hot 1 fuser_temp > 200");
    }

    @Test
    void aMetricThatTheProductDoesNotHaveIsRefusedWithTheClosestOne() throws Exception {
        house.database.jdbi().useHandle(handle -> {
            handle.execute(
                    "UPDATE fleet.product SET document = document || '{\"metrics\":[{\"name\":\"fuser_temp\"}]}'");
            handle.execute(
                    "INSERT INTO fleet.metric (model, place, name) VALUES ('LP-2000', 0, 'fuser_temp')");
        });
        String rule = "id: hot\napplies_to: { model: LP-2000 }\nfault: { code: HOT }\nwhen: 'avg(fuser_tmep, \"5m\") > 3'\n";
        Answer refused = house.as(ENGINEER, "PUT", "/rules/hot", rule, "Content-Type", "application/yaml");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("line 4, column 12", "is it fuser_temp?");
        Answer checked = house.as("a:agent", "POST", "/rules/check", rule, "Content-Type",
                "application/yaml");
        assertThat(checked.json().path("valid").asBoolean()).isFalse();
        assertThat(checked.json().path("errors").get(0).path("column").asInt()).isEqualTo(12);
        Answer good = house.as("a:agent", "POST", "/rules/check", rule.replace("tmep", "temp"),
                "Content-Type",
                "application/yaml");
        assertThat(good.json().path("valid").asBoolean()).as(good.text()).isTrue();
        assertThat(good.json().path("rule").path("metrics")).isEqualTo(Json.parse("[\"fuser_temp\"]"));
        assertThat(inForce()).isEmpty();
    }
}
