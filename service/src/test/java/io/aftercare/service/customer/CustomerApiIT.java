package io.aftercare.service.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerApiIT {
    private static final String CAT = "cat:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R67")
    void casesOfTheSamePhoneOrAddressBelongToOneCustomer() {
        String first = ticket("LP-1", "\"name\":\"Li Wei\",\"phone\":\"+86 10 5555 0001\"");
        String second = ticket("LP-2", "\"phone\":\"010-55550001\",\"email\":\"Li@Example.org\"");
        String third = ticket("LP-1", "\"email\":\"li@example.org\"");
        List<JsonNode> found = search("{\"phone\":\"(010) 5555-0001\"}");
        assertThat(found).hasSize(1);
        Answer file = api.get("/customers/" + found.getFirst().get("id").asText());
        assertThat(file.body().get("cases").findValuesAsText("id")).containsExactly(third, second, first);
        assertThat(file.body().get("devices")).hasSize(2);
        assertThat(file.body().get("person").get("name").asText()).isEqualTo("Li Wei");
        assertThat(file.body().get("person").get("email").asText()).isEqualTo("Li@Example.org");
        assertThat(search("{\"phone\":\"010-99\"}")).isEmpty();
        assertThat(api.post("/customers/search", "{}").status()).isEqualTo(400);
    }

    @Test
    @Tag("R67")
    void aFileIsMadeCorrectedAndHeldAgainstLostRaces() {
        Answer made = api.post("/customers", """
                {"name":"王芳","phone":"13800000001","locale":"zh","grade":"gold","channel":"phone"}""");
        assertThat(made.status()).isEqualTo(201);
        String path = "/customers/" + made.body().get("id").asText();
        assertThat(made.body().get("id").asText()).startsWith("K-");
        assertThat(api.post("/customers", "{\"name\":\"X\",\"phone\":\"+86 138 0000 0001\"}").status())
                .isEqualTo(409);
        assertThat(patch(path, "{\"grade\":\"standard\"}", "7").status()).isEqualTo(412);
        Answer edited = patch(path, "{\"email\":\"wang@example.org\",\"phone\":null,\"locale\":\"en\"}", "1");
        assertThat(edited.status()).isEqualTo(200);
        assertThat(edited.body().get("person").has("phone")).isFalse();
        assertThat(search("{\"phone\":\"13800000001\"}")).isEmpty();
        assertThat(search("{\"email\":\"WANG@example.org\"}")).hasSize(1);
        assertThat(patch(path, "{\"hold\":\"court 7\"}", "2").status()).isEqualTo(403);
        assertThat(patch(path, "{\"locale\":\"fr\"}", "2").status()).isEqualTo(400);
        assertThat(api.get("/customers?grade=gold").body().get("items").findValuesAsText("id"))
                .contains(made.body().get("id").asText());
    }

    @Test
    @Tag("R92")
    void theGroupOfACustomerIsKnownToACaseFromItsFirstMoment() {
        api.post("/customers", "{\"name\":\"Zhao\",\"phone\":\"13800000002\",\"grade\":\"gold\"}");
        String ticket = ticket("LP-1", "\"phone\":\"+8613800000002\"");
        assertThat(grade(ticket)).isEqualTo("gold");
        assertThat(grade(ticket("LP-1", "\"name\":\"Nobody\""))).isEqualTo("standard");
    }

    @Test
    void readingAPersonNeedsARoleAndIsAuditedOnceALook() {
        String id = customer("{\"name\":\"Sun\",\"email\":\"sun@example.org\"}");
        assertThat(api.call("quinn:quality", "GET", "/customers/" + id, null).body().get("person").isNull())
                .isTrue();
        api.call("bob:agent", "GET", "/customers/" + id, null);
        api.call("bob:agent", "GET", "/customers/" + id, null);
        assertThat(audited("customer.read", id)).isEqualTo(1);
        assertThat(api.call("eve:firmware", "GET", "/customers/" + id, null).status()).isEqualTo(403);
    }

    @Test
    @Tag("R69")
    void aPartnerSeesTheCustomersOfItsOutletAlone() {
        ticket("LP-1", "\"email\":\"north@example.org\"");
        ticket("LP-2", "\"email\":\"south@example.org\"");
        String north = search("{\"email\":\"north@example.org\"}").getFirst().get("id").asText();
        String south = search("{\"email\":\"south@example.org\"}").getFirst().get("id").asText();
        assertThat(api.call("shop:partner:south", "GET", "/customers/" + north, null).status())
                .isEqualTo(404);
        assertThat(api.call("shop:partner:south", "GET", "/customers/" + south, null).status())
                .isEqualTo(200);
        assertThat(api.call("shop:partner:south", "GET", "/customers?limit=1000", null).body().get("items")
                .findValuesAsText("id")).contains(south).doesNotContain(north);
    }

    @Test
    @Tag("R74")
    @Tag("R75")
    void theNewestAnswerOfACustomerCounts() {
        String id = customer("{\"name\":\"Qian\"}");
        String path = "/customers/" + id + "/consents";
        assertThat(allows(id, Consents.MARKETING)).isFalse();
        assertThat(api.post(path, "{\"purpose\":\"marketing\",\"given\":true,\"source\":\"form\"}").status())
                .isEqualTo(201);
        assertThat(allows(id, Consents.MARKETING)).isTrue();
        Answer back = api.post(path, "{\"purpose\":\"marketing\",\"given\":false,\"source\":\"phone\"}");
        assertThat(back.body().get("items")).hasSize(2);
        assertThat(allows(id, Consents.MARKETING)).isFalse();
        assertThat(allows(id, Consents.COLLECTION)).isFalse();
    }

    @Test
    void twoFilesOfOnePersonAreToldAndMerged() {
        String one = customer("{\"name\":\"Zhou\",\"phone\":\"13800000003\"}");
        String two = customer("{\"name\":\"Zhou Min\",\"email\":\"zhou@example.org\"}");
        String ticket = ticket("LP-1", "\"email\":\"zhou@example.org\"");
        ticket("LP-1", "\"phone\":\"13800000003\",\"email\":\"zhou@example.org\"");
        JsonNode doubts = api.get("/customers/doubts").body().get("items");
        assertThat(doubts).anyMatch(pair -> List.of(one, two).contains(pair.get("customer").asText())
                && List.of(one, two).contains(pair.get("other").asText()));
        Answer merged = api.call(CAT, "POST", "/customers/" + one + "/merge", "{\"other\":\"" + two + "\"}",
                "If-Match", "1");
        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.body().get("cases").findValuesAsText("id")).contains(ticket).hasSize(2);
        assertThat(api.get("/customers/" + two).body().get("id").asText()).isEqualTo(one);
        assertThat(api.get("/customers/" + two).body().get("person").get("email").asText())
                .isEqualTo("zhou@example.org");
        assertThat(api.call(CAT, "POST", "/customers/" + one + "/merge", "{\"other\":\"" + two + "\"}",
                "If-Match", "2").status()).isEqualTo(409);
    }

    @Test
    @Tag("R73")
    void aPersonIsForgottenForGoodAndTheCaseStaysWhole() {
        String ticket = ticket("LP-1", "\"name\":\"Wu Gone\",\"phone\":\"13800000004\"");
        String id = search("{\"phone\":\"13800000004\"}").getFirst().get("id").asText();
        String path = "/customers/" + id;
        Answer export = api.call(CAT, "GET", path + "/export", null);
        assertThat(export.body().get("contacts").get(0).get("phone").asText()).isEqualTo("13800000004");
        assertThat(audited("customer.export", id)).isEqualTo(1);
        Answer open = api.call(CAT, "DELETE", path + "/personal-data", null);
        assertThat(open.status()).isEqualTo(409);
        assertThat(open.body().get("detail").asText()).contains(ticket);
        assertThat(api.call(CAT, "DELETE", path + "/personal-data", "{\"force\":true}").status())
                .isEqualTo(400);
        assertThat(api.call("ann:agent", "DELETE", path + "/personal-data", null).status()).isEqualTo(403);
        assertThat(api.call(CAT, "DELETE", path + "/personal-data",
                "{\"force\":true,\"reason\":\"asked in writing\"}").status()).isEqualTo(204);
        JsonNode after = api.get(path).body();
        assertThat(after.get("person").isNull()).isTrue();
        assertThat(after.get("erasedAt").isNull()).isFalse();
        assertThat(after.get("cases").findValuesAsText("id")).containsExactly(ticket);
        assertThat(api.get("/tickets/" + ticket).body().get("contact").isNull()).isTrue();
        assertThat(search("{\"phone\":\"13800000004\"}")).isEmpty();
        for (String table : List.of("service.contact", "service.customer_person", "fleet.audit",
                "fleet.outbox", "service.timeline")) {
            int left = api.database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT count(*) FROM " + table + " x WHERE x::text LIKE '%Wu Gone%'")
                    .mapTo(Integer.class).one());
            assertThat(left).as(table).isZero();
        }
        assertThat(patch(path, "{\"name\":\"Back\"}", "2").status()).isEqualTo(409);
    }

    @Test
    @Tag("R73")
    void lettersToAForgottenPersonAreForgottenToo() {
        String ticket = ticket("LP-1", "\"name\":\"Qin\",\"email\":\"qin@example.org\"");
        api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"Qin's cat\"}");
        String id = search("{\"email\":\"qin@example.org\"}").getFirst().get("id").asText();
        String path = "/customers/" + id;
        JsonNode held = api.call(CAT, "GET", path + "/export", null).body();
        assertThat(held.get("letters").findValuesAsText("template")).contains("case-resolved");
        assertThat(held.get("letters").toString()).contains("Qin's cat");
        api.await("/tickets/" + ticket,
                page -> page.get("notices").findValuesAsText("template").contains("survey"));
        assertThat(api.call(CAT, "DELETE", path + "/personal-data", null).status()).isEqualTo(204);
        JsonNode left = api.call(CAT, "GET", path + "/export", null).body();
        assertThat(left.get("letters").findValuesAsText("template")).contains("case-resolved");
        assertThat(left.get("letters").toString()).doesNotContain("cat");
    }

    @Test
    @Tag("R67")
    void manyReportsOfOnePhoneAtOnceBelongToOneCustomer() {
        List<Future<String>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                made.add(threads.submit(
                        () -> ticket("LP-1", "\"phone\":\"13800000077\",\"email\":\"burst@example.org\"")));
            }
        }
        List<String> tickets = made.stream().map(Future::resultNow).toList();
        List<JsonNode> found = search("{\"phone\":\"13800000077\",\"email\":\"burst@example.org\"}");
        assertThat(found).hasSize(1);
        assertThat(api.get("/customers/" + found.getFirst().get("id").asText()).body().get("cases")
                .findValuesAsText("id")).containsExactlyInAnyOrderElementsOf(tickets);
    }

    @Test
    void aLegalHoldKeepsThePerson() {
        String id = customer("{\"name\":\"Zheng\"}");
        assertThat(api.call(CAT, "PATCH", "/customers/" + id, "{\"hold\":\"court 7\"}", "If-Match", "1")
                .status()).isEqualTo(200);
        Answer held = api.call(CAT, "DELETE", "/customers/" + id + "/personal-data", null);
        assertThat(held.status()).isEqualTo(409);
        assertThat(held.body().get("detail").asText()).contains("court 7");
    }

    private String ticket(String device, String contact) {
        Answer made = api.post("/tickets", "{\"device\":\"" + device
                + "\",\"title\":\"Paper jams\",\"channel\":\"mail\",\"contact\":{" + contact + "}}");
        assertThat(made.status()).isEqualTo(201);
        return made.body().get("id").asText();
    }

    private String customer(String json) {
        return api.post("/customers", json).body().get("id").asText();
    }

    private List<JsonNode> search(String json) {
        JsonNode items = api.post("/customers/search", json).body().get("items");
        return items.valueStream().toList();
    }

    private Answer patch(String path, String json, String version) {
        return api.call("ann:agent", "PATCH", path, json, "If-Match", version);
    }

    private String grade(String ticket) {
        return api.database.jdbi()
                .withHandle(handle -> Customers.gradeOfTicket(handle, Long.parseLong(ticket)));
    }

    private boolean allows(String id, String purpose) {
        return api.database.jdbi().withHandle(handle -> Customers.allows(handle, id, purpose));
    }

    private int audited(String action, String id) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.audit WHERE action = :action AND object = :object")
                .bind("action", action).bind("object", "customer/" + id).mapTo(Integer.class).one());
    }
}
