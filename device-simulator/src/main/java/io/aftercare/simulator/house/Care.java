package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What customers complain of and what comes of it; what is to be made better; who answers the line; letters to a group.
final class Care {
    private final Desk desk;
    private final Cases cases;

    Care(Desk desk, Cases cases) {
        this.desk = desk;
        this.cases = cases;
    }

    void take() throws IOException, InterruptedException {
        complain("logged", "service", "minor", "电话等了二十分钟", "wifi");
        complain("investigating", "product", "moderate", "同一台打印机一个月内第三次卡纸", "jam");
        complain("answered", "service", "major", "The engineer came a day late and called nobody", "scan");
        complain("closed", "product", "moderate", "网速慢的问题反复出现", "update");
        JsonNode delays = improve("维修单里没有写测量值 repair records without measured values");
        String path = "/service-improvements/" + delays.path("id").asText() + "/transitions";
        JsonNode analysed = desk.changeSeen("grace", delays, "POST", path, "to", "analysed", "analysis",
                "The app lets the field be empty");
        desk.changeSeen("grace", analysed, "POST", path, "to", "improving", "measure",
                "The field is needed from 1 December", "owner", "grace", "due", Cases.in(24 * 14));
        var _ = improve("Call-backs in the evening reach twice as many people");
        desk.post("maria", "/feedback", "kind", "wish", "page", "/tickets", "text",
                "Please let me sort the queue by region");
        String question = desk.post("lin", "/feedback", "kind", "question", "page", "/devices", "text",
                "“未确认”是什么意思？").path("id").asText();
        desk.post(Desk.ADMIN, "/feedback/" + question + "/answer", "text", "设备上报之前的期望值。");
        line();
        desk.post("grace", "/outreaches", "name", "冬季保养 Winter care", "zh",
                Doc.of("subject", "冬季保养提醒", "text", "请检查热泵水压。"), "en",
                Doc.of("subject", "Getting ready for winter", "text",
                        "Please check the pressure of your heat pump."),
                "grade", "gold", "product", "HP-8");
    }

    private void complain(String until, String type, String severity, String title, String about)
            throws IOException, InterruptedException {
        String path = "/complaints/" + desk.post("maria", "/complaints", "class", type, "severity", severity,
                "title", title, "channel", "phone", "ticket", cases.ticket(about)).path("id").asText();
        List<String> way = List.of("logged", "investigating", "answered", "closed");
        if (way.indexOf(until) >= 1) {
            step(path, "to", "verified", "finding", "录音与工单一致 the call and the ticket agree", "justified",
                    true);
            desk.change("qian", "PATCH", path, "", "owner", "qian");
            step(path, "to", "investigating");
        }
        if (way.indexOf(until) >= 2) {
            desk.post("qian", path + "/cause", "rootCause", "排班未考虑路程 the roster does not know of travel",
                    "causeCode", "scheduling");
            step(path, "to", "answered", "writtenReply",
                    "我们已调整排班，并向您致歉。 We changed the roster, and apologise.");
        }
        if (way.indexOf(until) >= 3) {
            String action = act(path);
            desk.post("grace", path + "/actions/" + action + "/done", "result", "路程已计入排班");
            desk.post("omar", path + "/actions/" + action + "/check", "effective", true, "evidence",
                    "30 visits, none late");
            step(path, "to", "followed-up", "satisfaction", 4, "note", "客户满意");
            step(path, "to", "closed");
        }
    }

    private String act(String path) throws IOException, InterruptedException {
        JsonNode after = desk.post("qian", path + "/actions", "text", "把路程计入排班", "owner", "grace", "due",
                Cases.in(24 * 7));
        JsonNode actions = after.path("actions");
        return (actions.isArray() && !actions.isEmpty() ? actions.get(actions.size() - 1) : after).path("id")
                .asText();
    }

    private void step(String path, Object... pairs) throws IOException, InterruptedException {
        desk.post("qian", path + "/transitions", pairs);
    }

    private JsonNode improve(String text) throws IOException, InterruptedException {
        return desk.post("lin", "/service-improvements", "text", text);
    }

    private void line() throws IOException, InterruptedException {
        Instant begin = Instant.now().minus(Duration.ofHours(2));
        List<String> people = List.of("lin", "maria", "yusuf", "lin", "maria");
        for (int i = 0; i < people.size(); i++) {
            desk.post("grace", "/on-call/shifts", "person", people.get(i), "phone", "+86 21 5555 010" + i,
                    "from", begin.plus(Duration.ofHours(8L * i)).toString(), "until",
                    begin.plus(Duration.ofHours(8L * (i + 1))).toString());
        }
    }
}
