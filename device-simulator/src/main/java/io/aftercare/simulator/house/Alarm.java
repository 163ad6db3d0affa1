package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Emergencies with their command log, and the drills that prepare for them.
final class Alarm {
    private final Desk desk;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    Alarm(Desk desk) {
        this.desk = desk;
    }

    void raise() throws IOException, InterruptedException {
        for (JsonNode each : desk.get("grace", "/emergency-levels").path("items")) {
            if (each.path("level").asInt() == 2) {
                desk.changeSeen("grace", each, "PUT", "/emergency-levels/2", "name", "重大 Large", "teams",
                        List.of(Map.of("name", "技术组 Engineering", "members", List.of("ada", "chen", "ben")),
                                Map.of("name", "客户组 Customers", "members", List.of("lin", "maria"))),
                        "contacts", List.of(Map.of("name", "消防 Fire brigade", "reach", "119 / 112")),
                        "budget", 20_000, "tell", List.of("coordinator", "quality", "admin"));
            }
        }
        String hot = emergency(2, "一批打印机定影器过热 Fusers of a batch overheat",
                List.of("LP-2000-1001", "LP-2000-1002", "LP-2000-1003"));
        move(hot, "responding", "三台同时过热，先查批次", null, null);
        log(hot, "call", "打电话给蓝天学校：请先关机，已安排备用机");
        log(hot, "decision", "Hold shipments of batch 2025-3 until the thermistors are checked");
        log(hot, "message", "Supplier Huaxin asked for their test records");
        desk.post("grace", hot + "/actions", "text", "抽检同批次二十台 check twenty of the same batch", "owner",
                "qian",
                "due", today.plusDays(3).toString());
        move(hot, "handling", "Firmware 2.6.0 goes to the canaries", null, null);
        String over = emergency(3, "Carrier outage in the south: routers offline", List.of("RT-90-1004"));
        move(over, "responding", "Forty calls in ten minutes", null, null);
        move(over, "review", "Line is back", "运营商四小时后恢复", null);
        move(over, "closed", "Nothing left to do", null, "Tell customers by the app at once next time");
        drills();
    }

    private String emergency(int level, String title, List<String> devices)
            throws IOException, InterruptedException {
        return "/emergencies/" + desk.post("qian", "/emergencies", "level", level, "title", title,
                "description", "见设备页 see the devices", "devices", devices, "commander", "grace").path("id")
                .asText();
    }

    private void move(String emergency, String to, String reason,
            @Nullable String outcome,
            @Nullable String review) throws IOException, InterruptedException {
        desk.post("grace", emergency + "/transitions", "to", to, "reason", reason, "outcome", outcome,
                "review", review);
    }

    private void log(String emergency, String kind, String text) throws IOException, InterruptedException {
        desk.post("grace", emergency + "/log", "kind", kind, "text", text);
    }

    private void drills() throws IOException, InterruptedException {
        String run = drill("断电演练 Power cut at the depot", "outage", 3, -1, true, List.of("PC-10-1003"));
        desk.post("grace", run + "/run");
        desk.post("qian", run + "/evaluate", "scores",
                List.of(Map.of("criterion", "十分钟内集合 together in ten minutes", "score", 90),
                        Map.of("criterion", "客户已通知 customers told", "score", 60, "remark", "No template")),
                "findings", List.of(Map.of("text", "缺少短信模板 no template for messages", "owner", "lin", "due",
                        today.plusDays(20).toString())));
        drill("电池起火演练 A battery on fire", "device-failure", 1, 12, true, List.of("EB-36-1003"));
    }

    private String drill(String title, String kind, int level, int inDays, boolean full, List<String> devices)
            throws IOException, InterruptedException {
        JsonNode made = desk.post("grace", "/drills", "title", title, "kind", kind, "level", level,
                "content", "按预案执行 by the plan", "scheduledAt", Cases.in(24 * inDays), "full", full, "people",
                List.of("lin", "ada", "grace"), "criteria",
                List.of("十分钟内集合 together in ten minutes", "客户已通知 customers told"), "devices", devices);
        return "/drills/" + made.path("id").asText();
    }
}
