package io.aftercare.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.customer.Customers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Asks everything that a partner may ask, by the OpenAPI document, for the things of another outlet.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerSightIT {
    private static final String CORA = "cora:coordinator";
    private static final String COMPLAINT = "{\"class\":\"product\",\"severity\":\"minor\",\"title\":\"Hidden\","
            + "\"channel\":\"walk-in\",\"device\":\"%s\"}";
    private static final String OWN = "shop:partner:south";
    private static final List<String> STRANGERS = List.of("other:partner:north", "nowhere:partner");
    /// What stands only on things of the outlet south.
    private static final List<String> MARKS = List.of("LP-2", "sunita", "Hidden", "SHELF-SOUTH");
    private static final Pattern PARAMETER = Pattern.compile("/([a-z-]+)/\\{([a-z]+)}");
    /// What belongs to no outlet.
    private static final Set<String> COMMON = Set.of("calendars", "sla-policies", "warranty-policies",
            "parts",
            "articles", "runbooks");

    private final Map<String, String> ids = new HashMap<>();
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        new Crew(api).engineer("sunita", "LP", "south");
        made("/partners", "{\"outlet\":\"south\",\"name\":\"Hidden Repairs\",\"region\":\"east\","
                + "\"contractFrom\":\"2026-01-01\",\"contractUntil\":\"2027-12-31\",\"chosenBecause\":\"near\"}");
        made("/stock-locations",
                "{\"code\":\"SHELF-SOUTH\",\"kind\":\"outlet\",\"name\":\"Hidden shelf\",\"outlet\":\"south\"}");
        made("/stock-locations", "{\"code\":\"MAIN\",\"kind\":\"warehouse\",\"name\":\"Main\"}");
        made("/parts", "{\"code\":\"FUSER\",\"name\":{\"zh\":\"定影器\",\"en\":\"Fuser\"},\"models\":[\"LP\"],"
                + "\"class\":\"core\",\"genuine\":true}");
        api.device("SPARE", "");
        made("/loaners", "{\"device\":\"SPARE\"}");
        String ticket = id(made("/tickets", """
                {"device":"LP-2","title":"Hidden jam","channel":"phone",
                 "contact":{"name":"Hidden Wang","phone":"13800000077"}}"""));
        String path = "/tickets/" + ticket;
        ids.putAll(Map.of("tickets", ticket, "devices", "LP-2", "engineers", "sunita", "partners", "south",
                "work-orders",
                id(made(path + "/work-orders", "{\"type\":\"depot\",\"task\":\"Hidden task\"}")),
                "requisitions", id(made("/requisitions", "{\"ticket\":\"" + ticket + "\",\"from\":\"MAIN\","
                        + "\"to\":\"SHELF-SOUTH\",\"lines\":[{\"part\":\"FUSER\",\"quantity\":1}]}")),
                "rmas", id(made(path + "/rma",
                        "{\"type\":\"exchange\",\"reason\":\"Hidden\",\"quality\":true}")),
                "case-files", archived(ticket)));
        ids.put("attachments", "1");
        ids.put("runbooks", "1");
        ids.put("complaints", id(made("/complaints", COMPLAINT.formatted("LP-2"))));
        ids.put("quotes", id(made(path + "/quote", """
                {"lines":[{"kind":"labour","text":"Hidden","quantity":1,"price":100}],"inspectionFee":50,
                 "durationDays":3,"cause":"Hidden","plan":"Hidden","risk":"none","validDays":7}""")));
        ids.put("customers", api.call(CORA, "GET", "/customers", null).body().at("/items/0/id").asText());
        made(path + "/loaner", "{\"device\":\"SPARE\"}");
    }

    @Test
    @Tag("R69")
    void nothingOfAnotherOutletIsShown() {
        List<String> wrong = new ArrayList<>();
        for (String path : paths()) {
            boolean isOwned = isOwned(path);
            String filled = filled(path);
            for (String stranger : STRANGERS) {
                Answer answer = api.call(stranger, "GET", filled, null);
                if (isOwned ? answer.status() != 404 : answer.status() >= 500) {
                    wrong.add(stranger + " " + path + " " + answer.status());
                }
                String text = answer.body().toString();
                MARKS.stream().filter(mark -> answer.status() < 400 && text.contains(mark))
                        .forEach(mark -> wrong.add(stranger + " " + path + " shows " + mark));
            }
            if (isOwned && isOneThing(path) && api.page(OWN, filled).statusCode() != 200) {
                wrong.add(OWN + " does not see " + path);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Tag("R69")
    void theFileOfACustomerOfTwoOutletsShowsToEachItsOwnAlone() {
        String file = "";
        for (String device : List.of("LP-1", "LP-2")) {
            String ticket = id(made("/tickets", """
                    {"device":"DEVICE","title":"Jam","channel":"phone",
                     "contact":{"name":"Zhao","phone":"13800000078"}}""".replace("DEVICE", device)));
            file = api.database.inTransaction(handle -> Customers.ofTicket(handle, Long.parseLong(ticket)))
                    .orElseThrow().id();
            if (device.equals("LP-2")) {
                made("/complaints", COMPLAINT.formatted(device).replace("\"device\"",
                        "\"ticket\":\"" + ticket + "\",\"device\""));
            }
        }
        assertThat(api.get("/customers/" + file).body().at("/complaints")).hasSize(1);
        Answer north = api.call(STRANGERS.getFirst(), "GET", "/customers/" + file, null);
        assertThat(north.status()).isEqualTo(200);
        assertThat(north.body().get("cases").findValuesAsText("device")).containsExactly("LP-1");
        assertThat(north.body().toString()).doesNotContain("Hidden").doesNotContain("LP-2");
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        OpenApiDocument.of("base", Service.DOCUMENTS).tree().get("paths").properties().forEach(entry -> {
            for (JsonNode role : entry.getValue().at("/get/x-roles")) {
                if (role.asText().equals("partner") && entry.getKey().startsWith("/api/v1")) {
                    paths.add(entry.getKey().substring("/api/v1".length()));
                }
            }
        });
        assertThat(paths).hasSizeGreaterThan(40);
        return paths;
    }

    private static boolean isOneThing(String path) {
        return path.endsWith("}") && path.indexOf('{') == path.lastIndexOf('{');
    }

    private boolean isOwned(String path) {
        Matcher match = PARAMETER.matcher(path);
        return match.find() && !isCommon(match);
    }

    /// A runbook belongs to nobody, and its run to a case.
    private static boolean isCommon(MatchResult match) {
        return COMMON.contains(match.group(1)) && !match.group(2).equals("run");
    }

    private String filled(String path) {
        return PARAMETER.matcher(path).replaceAll(match -> "/" + match.group(1) + "/"
                + (isCommon(match) ? "FUSER" : known(match.group(1))));
    }

    private String known(String kind) {
        assertThat(ids).as("a thing of outlet south for this test").containsKey(kind);
        return Objects.requireNonNull(ids.get(kind));
    }

    private Answer made(String path, String json) {
        Answer answer = api.call("cora:coordinator,agent,engineer", "POST", path, json);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(201);
        return answer;
    }

    private static String id(Answer answer) {
        return answer.body().get("id").asText();
    }

    private String archived(String ticket) {
        return api.database.jdbi()
                .withHandle(handle -> handle.createQuery(
                        """
                                INSERT INTO service.case_file (ticket, revision, state, class, device, region, outlet, opened_at,
                                    closed_at, archived_at, custodian, keep_until, sha256, bytes, content, documents)
                                VALUES (:ticket, 1, 'archived', 'repair', 'LP-2', '', 'south', now(), now(), now(), 'quality',
                                    now() + interval '3 years', 'x', 6, 'Hidden', '[]') RETURNING id""")
                        .bind("ticket", Long.parseLong(ticket)).mapTo(String.class).one());
    }
}
