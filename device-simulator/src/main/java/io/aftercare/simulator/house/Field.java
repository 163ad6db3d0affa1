package io.aftercare.simulator.house;

import io.aftercare.simulator.house.Visit.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sends engineers, and does at the customers' what they do there.
final class Field {
    private static final String COORDINATOR = "grace";

    private final Desk desk;
    private final Cases cases;

    Field(Desk desk, Cases cases) {
        this.desk = desk;
        this.cases = cases;
    }

    void go(Visit visit) throws IOException, InterruptedException {
        String ticket = cases.ticket(visit.label());
        desk.post(COORDINATOR, "/tickets/" + ticket + "/transitions", "to", "assessed", "type", "fault",
                "impact", "medium", "urgency", "medium");
        desk.post(COORDINATOR, "/tickets/" + ticket + "/charge-waiver", "reason", "合同客户 contract customer");
        String path = "/work-orders/" + desk.post(COORDINATOR, "/tickets/" + ticket + "/work-orders", "type",
                visit.type(), "task", visit.title()).path("id").asText();
        Stage stage = visit.stage();
        if (stage.reaches(Stage.REVIEWED)) {
            desk.post(COORDINATOR, path + "/review", "decision", "approve");
        }
        if (stage.reaches(Stage.DISPATCHED)) {
            Instant start = Instant.now().plus(Duration.ofHours(visit.inHours()));
            desk.post(COORDINATOR, path + "/dispatch", "engineer", visit.engineer(), "start",
                    start.toString(), "end", start.plus(Duration.ofMinutes(90)).toString());
        }
        if (stage.reaches(Stage.ACCEPTED)) {
            desk.post(visit.engineer(), path + "/accept");
        }
        if (stage.reaches(Stage.AGREED) && visit.type().equals("on-site")) {
            desk.post(visit.engineer(), path + "/appointment", Doc.of());
        }
        if (stage.reaches(Stage.EN_ROUTE)) {
            atWork(visit, path, ticket);
        }
    }

    private void atWork(Visit visit, String path, String ticket) throws IOException, InterruptedException {
        String who = visit.engineer();
        Stage stage = visit.stage();
        if (visit.type().equals("on-site")) {
            desk.post(who, path + "/preparation", "items",
                    Map.of("tools", true, "parts", true, "papers", true));
            move(who, path, "en-route");
            if (stage.reaches(Stage.ON_SITE)) {
                arrive(who, path);
            }
        }
        if (stage == Stage.FAILED) {
            desk.post(who, path + "/transitions", "to", "failed", "reason",
                    "Nobody had the key of the meter room");
            return;
        }
        if (stage.reaches(Stage.REPAIRING)) {
            if (!visit.part().isEmpty()) {
                bring(visit, ticket);
            }
            move(who, path, "repairing");
        }
        if (stage.reaches(Stage.TESTING)) {
            repair(visit, path);
            move(who, path, "testing");
        }
        if (stage == Stage.DONE) {
            desk.post(who, path + "/test", "checks", List.of(
                    Map.of("name", "自检 self-test", "value", "passed", "limit", "passed", "passed", true),
                    Map.of("name", "温度 temperature", "value", "189 °C", "limit", "190 ± 5 °C", "passed",
                            true)));
            move(who, path, "done");
        }
    }

    private void arrive(String who, String path) throws IOException, InterruptedException {
        Map<String, Object> answers = new LinkedHashMap<>();
        desk.get(who, "/work-order-settings").path("arrival").fieldNames().forEachRemaining(
                question -> answers.put(question, "已出示工牌；故障现象与描述一致 shown; as described"));
        desk.post(who, path + "/arrival", "answers", answers);
    }

    private void move(String who, String path, String to) throws IOException, InterruptedException {
        desk.post(who, path + "/transitions", "to", to);
    }

    /// The part is agreed to, asked for, approved, given out and fitted.
    private void bring(Visit visit, String ticket) throws IOException, InterruptedException {
        desk.post(COORDINATOR, "/tickets/" + ticket + "/consents", "part", visit.part(), "granted", true,
                "channel", "phone", "note", "客户同意更换");
        String requisition = "/requisitions/" + desk.post(visit.engineer(), "/requisitions", "ticket", ticket,
                "from", Stockroom.MAIN, "to", "VAN-CHEN", "lines",
                List.of(Map.of("part", visit.part(), "quantity", 1))).path("id").asText();
        desk.post(visit.engineer(), requisition + "/transitions", "to", "submitted");
        desk.post("wu", requisition + "/transitions", "to", "approved");
        desk.post("wu", requisition + "/transitions", "to", "issued");
        desk.as("wu").put(requisition + "/shipment", "application/json", Doc.of("carrier", "顺丰 SF Express",
                "number", "SF1402200871", "state", "delivered").toString()).orFail();
        desk.post(visit.engineer(), requisition + "/transitions", "to", "received");
        desk.post(visit.engineer(), requisition + "/fittings", "part", visit.part(), "quantity", 1, "serial",
                "F2610-0448");
    }

    private void repair(Visit visit, String path) throws IOException, InterruptedException {
        desk.change(visit.engineer(), "PUT", path, "/repair", "symptom", visit.title(), "process",
                "拆检、清洁、更换、校准 opened, cleaned, changed, set anew", "parts",
                visit.part().isEmpty()
                        ? List.of()
                        : List.of(Map.of("part", visit.part(), "serial", "F2610-0448", "quantity", 1)),
                "minutes", 55, "travelMinutes", 40, "result", "恢复正常 works as it should");
    }
}
