package io.aftercare.diagnostics.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.rule.RuleReaderTest;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.rule.KnownMetrics;
import io.aftercare.fleet.http.LiveReader;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleRoutesIT {
    private final TestDiagnostics house = new TestDiagnostics();

    @BeforeEach
    void start() {
        house.start();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Answer put(String type, String rule, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        return house.as("erna:engineer", "PUT", "/rules/fuser-overheat", rule, all);
    }

    @Test
    void whoHasTheListOpenHearsOfChanges() throws Exception {
        Principal reader = new Principal("ann", Set.of(Role.AGENT), "", "");
        try (LiveReader readers = house.reader(reader); LiveReader.Stream live = readers.open()) {
            put("application/yaml", RuleReaderTest.FUSER);
            assertThat(live.until("rule.changed").toString())
                    .isEqualTo("{\"id\":\"fuser-overheat\",\"change\":\"create\"}");
            house.as("erna:engineer", "DELETE", "/rules/fuser-overheat", null, "If-Match", "\"1\"");
            assertThat(live.until("rule.changed").path("change").asText()).isEqualTo("delete");
        }
    }

    @Test
    void aRuleLivesInVersions() throws Exception {
        Answer made = put("application/yaml", RuleReaderTest.FUSER);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.json().path("version").asInt()).isEqualTo(1);

        assertThat(put("application/yaml", RuleReaderTest.FUSER).status()).as("the same again")
                .isEqualTo(200);
        String second = RuleReaderTest.FUSER.replace("for: 2m", "for: 2m # two").replace("title: Fuser",
                "title: The fuser");
        assertThat(put("application/yaml", second).status()).isEqualTo(428);
        assertThat(put("application/yaml", second, "If-Match", "\"7\"").status()).isEqualTo(412);
        Answer changed = put("application/yaml", second, "If-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");

        Answer asYaml = house.as("a:agent", "GET", "/rules/fuser-overheat", null, "Accept",
                "application/yaml");
        assertThat(asYaml.text()).isEqualTo(second);
        assertThat(asYaml.header("Content-Type")).isEqualTo("application/yaml");
        Answer asJson = house.as("a:agent", "GET", "/rules/fuser-overheat", null);
        assertThat(asJson.json().path("title").asText()).isEqualTo("The fuser overheating");
        assertThat(put("application/json", asJson.text(), "If-Match", "\"2\"").status())
                .as("what was read can be sent back").isEqualTo(200);

        Answer list = house.as("a:agent", "GET", "/rules", null);
        assertThat(list.json().path("items").get(0).path("severity").asText()).isEqualTo("major");
        assertThat(list.json().path("items").get(0).path("version").asInt()).isEqualTo(3);
        Answer versions = house.as("a:agent", "GET", "/rules/fuser-overheat/versions?limit=2", null);
        assertThat(versions.json().path("items")).hasSize(2);
        assertThat(versions.json().path("next").asText()).isEqualTo("2");

        assertThat(house.as("a:agent", "DELETE", "/rules/fuser-overheat", null).status()).isEqualTo(403);
        assertThat(house.as("erna:engineer", "DELETE", "/rules/fuser-overheat", null).status())
                .isEqualTo(204);
        assertThat(house.as("a:agent", "GET", "/rules/fuser-overheat", null).status()).isEqualTo(404);
        assertThat(put("application/yaml", second).json().path("version").asInt()).isEqualTo(4);
        int audited = house.database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT count(*) FROM fleet.audit WHERE object = 'rule/fuser-overheat' AND actor = 'erna'")
                .mapTo(Integer.class).one());
        assertThat(audited).isEqualTo(5);
    }

    @Test
    void aBrokenRuleIsRefusedWithTheLineTheColumnAndTheRemedy() throws Exception {
        Answer answer = put("application/yaml",
                RuleReaderTest.FUSER.replace("severity: major", "severity: majr")
                        .replace("for: 2m", "for: soon"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("field")).contains("fault.severity", "for");
        assertThat(answer.json().path("errors").toString()).contains("line 4, column 42", "line 6, column 6");
        assertThat(put("application/json", "{\"id\":").status()).isEqualTo(400);
        assertThat(put("application/yaml", "").status()).isEqualTo(400);
        assertThat(put("application/pdf", RuleReaderTest.FUSER).status()).isEqualTo(415);
        assertThat(house.as("e:engineer", "PUT", "/rules/other", RuleReaderTest.FUSER, "Content-Type",
                "application/yaml").text()).contains("the document says fuser-overheat");
        assertThat(house.as("a:agent", "GET", "/rules", null).json().path("items")).isEmpty();
    }

    @Test
    void aRuleThatFailsItsOwnTestsIsNotPutInForce() throws Exception {
        Answer answer = put("application/yaml",
                RuleReaderTest.FUSER.replace("at: 3m50s, open: true", "at: 3m10s, open: true"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("at 3m10s the fault should be open and is closed");
        assertThat(house.diagnostics.engine().rules()).isEmpty();
    }

    @Test
    void aStoredRuleIsInForceAgainAfterARestart() throws Exception {
        put("application/yaml", RuleReaderTest.FUSER);
        assertThat(house.diagnostics.engine().rules()).hasSize(1);
        house.diagnostics.engine().activate(List.of());
        new Rules(house.database, house.diagnostics.engine(), KnownMetrics.NOTHING, house.events).load();
        assertThat(house.diagnostics.engine().rules()).singleElement()
                .satisfies(active -> assertThat(active.rule().id()).isEqualTo("fuser-overheat"));
    }

    @Test
    void faultsArePagedFilteredAndKeptFromOtherOutlets() throws Exception {
        house.device("SN-1", "eu", "berlin");
        house.database.jdbi().useHandle(handle -> handle.execute(
                """
                        INSERT INTO diagnostics.fault (id, device, code, severity, state, rule, rule_version, title, first_seen,
                            last_seen, last_raised, cleared_at, count, events, explain)
                        SELECT 'f' || n, 'SN-1', 'C' || n, 'major', 'firing', 'r', 1, 't', now(), now(), now(), NULL, 1, 1, '{}'
                        FROM generate_series(1, 5) n"""));
        Answer first = house.as("a:agent", "GET", "/faults?limit=3", null);
        assertThat(first.json().path("items")).hasSize(3);
        Answer second = house.as("a:agent", "GET", "/faults?limit=3&cursor="
                + URLEncoder.encode(first.json().path("next").asText(),
                        StandardCharsets.UTF_8),
                null);
        assertThat(second.json().path("items")).hasSize(2);
        assertThat(second.json().path("next").isNull() || second.json().path("next").isMissingNode())
                .isTrue();
        assertThat(house.as("p:partner::berlin", "GET", "/faults", null).json().path("items")).hasSize(5);
        assertThat(house.as("p:partner::paris", "GET", "/faults", null).json().path("items")).isEmpty();
        assertThat(house.as("p:partner::paris", "GET", "/faults/f1", null).status()).isEqualTo(404);
        assertThat(house.as("a:agent", "GET", "/faults?state=gone", null).status()).isEqualTo(400);
        assertThat(house.as("a:agent", "GET", "/faults?cursor=x", null).status()).isEqualTo(400);
        assertThat(house.diagnostics.faults().open("LP-2000", List.of("C1", "C2"))).hasSize(2);
        assertThat(house.diagnostics.faults().devices("any")).hasSize(1);
    }

    @Test
    void codesThatWouldWaitForEachOtherAreRefusedWithTheCircle() throws Exception {
        assertThat(house.as("e:engineer", "PUT", "/rules/a",
                "{id: a, fault: {code: A}, when: t > 1, depends_on: [B]}",
                "Content-Type", "application/yaml").status()).isEqualTo(201);
        assertThat(house.as("e:engineer", "PUT", "/rules/b",
                "{id: b, fault: {code: B}, when: t > 1, depends_on: [C]}",
                "Content-Type", "application/yaml").status()).isEqualTo(201);
        Answer refused = house.as("e:engineer", "PUT", "/rules/c",
                "{id: c, fault: {code: C}, when: t > 1, depends_on: {device: [A]}}", "Content-Type",
                "application/yaml");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("C → A → B → C");
        assertThat(house.as("e:engineer", "PUT", "/rules/c",
                "{id: c, fault: {code: C}, when: t > 1, depends_on: {gateway: [A, C], grace: 30s}}",
                "Content-Type",
                "application/yaml").status()).as("gateways are a tree").isEqualTo(201);
    }
}
