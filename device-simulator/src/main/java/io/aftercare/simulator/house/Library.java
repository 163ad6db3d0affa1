package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.staff.StaffApi.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes the ready rules and runbooks into force, and adds the house's own: a rule in two versions with a draft of a third, one
/// that is parked, and a runbook that nobody has approved yet.
final class Library {
    private static final String STALLED = """
            id: router-wan-stalled
            title: The WAN link has stalled
            titles: { zh: WAN 链路停滞 }
            applies_to: { model: [RT-90] }
            fault: { code: WAN_STALLED, severity: major }
            # A session that hangs still answers, late: %s
            when: 'wan_latency_ms > %d.0'
            for: %s
            clear_when: 'wan_latency_ms < 100.0'
            clear_for: 1m
            ticket: { open: true, priority: P2, skill: network }
            remedies:
              - { runbook: "Restart a stalled WAN link" }
              - dispatch: { skill: network }
            tests:
              - name: late answers open it, a restart ends it
                step: 30s
                series: { wan_latency_ms: "12x10 390x20 12x10" }
                expect: [ { at: 12m, open: true }, { at: 19m, open: false } ]
            """;
    private static final String QUIET = """
            id: office-printer-idle
            title: A printer that nobody uses any more
            titles: { zh: 打印机长期无人使用 }
            applies_to: { model: [LP-2000] }
            fault: { code: PRINTER_IDLE, severity: info }
            when: 'increase(pages_total, "7d") < 5.0'
            for: 1h
            ticket: { open: false }
            """;

    private final Desk desk;

    Library(Desk desk) {
        this.desk = desk;
    }

    void install() throws IOException, InterruptedException {
        List<String> models = Arrays.stream(Kind.values()).map(kind -> kind.product().model()).toList();
        desk.post("qian", "/rule-library/install", "models", models);
        List<String> runbooks = new ArrayList<>();
        for (JsonNode each : desk.get("qian", "/runbook-library").path("items")) {
            runbooks.add(each.path("id").asText());
        }
        desk.post("qian", "/runbook-library/install", "ids", runbooks);
        runbook("Restart a stalled WAN link", "重启停滞的 WAN 链路", true);
        runbook("Power cycle by the customer", "请客户断电重启", false);
        rule("router-wan-stalled", STALLED.formatted("five minutes are enough to tell", 300, "5m"), true);
        rule("router-wan-stalled", STALLED.formatted("two minutes tell as much as five", 200, "2m"), true);
        rule("router-wan-stalled",
                STALLED.formatted("half of a minute, to be tried by a backtest", 150, "30s"),
                false);
        rule("office-printer-idle", QUIET, true);
        desk.post("qian", "/rules/office-printer-idle/park");
    }

    private void rule(String id, String yaml, boolean isActive) throws IOException, InterruptedException {
        String path = "/rules/" + id;
        Reply there = desk.as("ada").get(path);
        String put = path + "?activate=" + isActive;
        desk.count("/rules", there.status() == 404
                ? desk.as("ada").put(put, "application/yaml", yaml)
                : desk.as("ada").change("PUT", put, there.etag(), "application/yaml", yaml));
    }

    private void runbook(String name, String chinese, boolean isApproved)
            throws IOException, InterruptedException {
        JsonNode made = desk.post("ada", "/runbooks", "name", name, "about",
                Doc.of("models", List.of("RT-90"), "codes", List.of("WAN_STALLED"), "expected", "PT3M",
                        "soak", "PT10M", "names", Doc.of("zh", chinese), "effect",
                        Doc.both("断网约十秒", "The network is away for some ten seconds")),
                "steps", List.of(
                        Doc.of("action", Doc.of("action", "restart_wan", "class", "B", "expiresIn", "PT10M")),
                        Doc.of("check", Doc.of("fault", "cleared", "within", "PT5M"), "onFail", "no"),
                        Doc.of("end", Doc.of("result", "fixed")),
                        Doc.of("label", "no", "end",
                                Doc.of("result", "dispatch", "reason", "the link is still slow", "zh",
                                        "链路仍然缓慢"))));
        if (isApproved) {
            desk.change("qian", "POST", "/runbooks/" + made.path("id").asText(), "/approve");
        }
    }
}
