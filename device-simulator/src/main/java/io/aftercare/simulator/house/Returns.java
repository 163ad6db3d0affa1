package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Devices that come back: a return in each state, and what is lent meanwhile.
final class Returns {
    private final Desk desk;
    private final Cases cases;

    Returns(Desk desk, Cases cases) {
        this.desk = desk;
        this.cases = cases;
    }

    void take() throws IOException, InterruptedException {
        ask("r-requested", "repair-return", "屏幕不亮 the display stays dark");
        String rejected = ask("r-rejected", "refund", "颜色不喜欢 does not like the colour");
        step("wu", rejected, "/reject", "reason", "超过七天，且已使用 used, and beyond seven days");
        String approved = ask("r-approved", "exchange", "Dead on arrival");
        step("wu", approved, "/approve", "advance", false);
        step("lin", approved, "/way", "way", "courier-pickup");
        String shipped = ask("r-shipped", "repair-return", "Restarts every hour");
        step("wu", shipped, "/approve");
        ship(shipped, "inbound", "SF1402200901");
        String received = ask("r-received", "repair-return", "风扇不转");
        come(received, "r-received");
        String inspected = ask("r-inspected", "repair-return", "Liquid inside?");
        come(inspected, "r-inspected");
        step("ada", inspected, "/inspection", "findings", "Coffee under the board; corrosion at J4",
                "verdict", "misuse");
        String repaired = ask("r-repaired", "repair-return", "WAN 口损坏");
        come(repaired, "r-repaired");
        step("ada", repaired, "/inspection", "findings", "WAN 变压器开路", "verdict", "quality");
        desk.post("wu", "/tickets/" + cases.ticket("r-repaired") + "/charge-waiver", "reason", "质量问题");
        step("ada", repaired, "/outcome", "outcome", "repaired", "work", "更换 WAN 变压器，老化测试两小时");
        lend();
    }

    private String ask(String label, String type, String reason) throws IOException, InterruptedException {
        return "/rmas/" + desk.post("lin", "/tickets/" + cases.ticket(label) + "/rma", "type", type, "reason",
                reason, "quality", !type.equals("refund")).path("id").asText();
    }

    private JsonNode step(String who, String rma, String verb, Object... pairs)
            throws IOException, InterruptedException {
        return desk.change(who, "POST", rma, verb,
                pairs.length == 0 ? new Object[]{"advance", false} : pairs);
    }

    private void ship(String rma, String direction, String tracking)
            throws IOException, InterruptedException {
        step("lin", rma, "/shipments", "direction", direction, "carrier", "顺丰 SF Express", "tracking",
                tracking, "cost", 18.5);
    }

    private void come(String rma, String label) throws IOException, InterruptedException {
        step("wu", rma, "/approve");
        ship(rma, "inbound", "SF14022" + Math.floorMod(label.hashCode(), 90_000));
        step("ada", rma, "/receipts", "serial", cases.device(label), "condition", "外箱完好 box intact");
    }

    private void lend() throws IOException, InterruptedException {
        JsonNode last = Doc.of();
        for (String spare : List.of("AP-300-1901", "AP-300-1902", "LP-2000-1901")) {
            desk.post("grace", "/devices", "id", spare, "model", spare.substring(0, spare.lastIndexOf('-')),
                    "region", Town.EAST, "outlet", "shanghai-xuhui", "tags",
                    Map.of("house", "yes", "loaner", "yes"));
            last = desk.post("grace", "/loaners", "device", spare, "note", "备用机 spare");
        }
        desk.post("lin", "/tickets/" + cases.ticket("r-received") + "/loaner", "device", "AP-300-1901");
        desk.changeSeen("ada", last, "POST", "/loaners/" + last.path("device").asText() + "/state", "to",
                "checking",
                "note", "换过外壳，待检 new case, to be checked");
    }
}
