package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Quotes in each state, what work has cost, and the budgets that it comes out of.
final class Money {
    private final Desk desk;
    private final Cases cases;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    Money(Desk desk, Cases cases) {
        this.desk = desk;
        this.cases = cases;
    }

    void count() throws IOException, InterruptedException {
        quote("q-draft", "压纸辊磨损", "更换定影器", "FUSER-2000");
        String sent = quote("q-sent", "The fan's bearing is dry", "Change the fan", "FAN-AP");
        desk.post("lin", sent + "/send");
        String accepted = quote("q-accepted", "锁电机碳刷磨尽", "更换电机", "MOTOR-SL");
        desk.post("lin", accepted + "/send");
        byCustomer("q-accepted", "accept", "请尽快安排，谢谢");
        String declined = quote("q-declined", "The pack has aged", "A new pack", "PACK-36");
        desk.post("maria", declined + "/send");
        byCustomer("q-declined", "decline", "I would rather buy a new bike");
        String phone = quote("q-phone", "电源适配器烧毁", "更换适配器", "PSU-12V");
        JsonNode told = desk.post("lin", phone + "/send");
        desk.post("lin", phone + "/decision", "decision", "accepted", "channel", "phone", "note",
                "客户电话确认总价", "total", told.path("total").asDouble());
        costs();
    }

    private String quote(String label, String cause, String plan, String part)
            throws IOException, InterruptedException {
        return "/quotes/" + desk.post("lin", "/tickets/" + cases.ticket(label) + "/quote", "lines", List.of(
                Map.of("kind", "part", "part", part, "quantity", 1),
                Map.of("kind", "labour", "text", "人工 labour", "quantity", 1.5, "price", 100),
                Map.of("kind", "travel", "text", "上门 travel", "quantity", 1, "price", 30)), "inspectionFee",
                20, "durationDays", 3, "cause", cause, "plan", plan, "risk",
                "旧件拆下后不能装回 the old part cannot go back")
                .path("id").asText();
    }

    private void byCustomer(String label, String answer, String note)
            throws IOException, InterruptedException {
        String path = "/customer/" + cases.link(label) + "/quotes";
        for (JsonNode each : desk.openGet(path + "?language=zh").path("items")) {
            desk.open(path + "/" + each.path("id").asText() + "/" + answer,
                    Doc.of("shown", each.path("shown").asText(), "note", note));
        }
    }

    private void costs() throws IOException, InterruptedException {
        String quarter = today.getYear() + "-Q" + ((today.getMonthValue() - 1) / 3 + 1);
        for (Map.Entry<String, Integer> each : Map.of("field-service", 18_000, "parts", 9_000, "logistics",
                2_500, "after-sales", 6_000).entrySet()) {
            desk.as("grace").put("/budgets/" + each.getKey() + "/" + quarter, "application/json",
                    Doc.of("amount", each.getValue()).toString()).orFail();
        }
        cost("toner", "labour", 95.0, "远程支持 45 分钟", "V-2611-01", true, true);
        cost("bolt", "logistics", 18.5, "Parcel with four cells", "V-2611-02", true, false);
        cost("wifi", "labour", 60.0, "夜间回访", "V-2611-03", false, false);
        cost("print-room", "compensation", 200.0, "考试卷外包印刷补偿", "V-2611-04", true, false);
        cost("v-done", "travel", 42.0, "Taxi with the fuser", "V-2611-05", true, true);
    }

    private void cost(String label, String kind, double amount, String text, String voucher, boolean verified,
            boolean settled) throws IOException, InterruptedException {
        String id = desk.post("ada", "/costs", "ticket", cases.ticket(label), "kind", kind, "amount", amount,
                "text", text, "voucher", voucher).path("id").asText();
        if (verified) {
            desk.post("wu", "/costs/" + id + "/verify", Doc.of());
        }
        if (settled) {
            desk.post("sofia", "/costs/" + id + "/settle");
        }
    }
}
