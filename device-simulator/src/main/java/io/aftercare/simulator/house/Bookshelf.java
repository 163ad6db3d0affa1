package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/// Articles in each state, and answers that are given again and again.
final class Bookshelf {
    private final Desk desk;

    /// @param codes of the faults it is about
    private record Article(String state, List<String> codes, List<String> models, String zhTitle,
            String zhBody,
            String enTitle, String enBody) {}

    private static final List<Article> ARTICLES = List.of(
            new Article("published", List.of("FUSER_OVERHEAT", "THERMISTOR_DRIFT"), List.of("LP-2000"),
                    "定影器过热：先看两支热敏电阻", """
                            两支热敏电阻装在同一块金属上，读数相差应小于 2 °C。

                            1. 打开设备页，比较 fuser_temp 与 fuser_temp_2。
                            2. 相差超过 20 °C：电阻老化。征得同意后远程重启加热控制器。
                            3. 仍过热：固件 2.4.0 按较高读数控温；否则更换 THERM-21。
                            """, "Fuser overheating: look at the two thermistors first",
                    """
                            Both thermistors sit on one piece of metal and differ by less than 2 °C.

                            1. On the device's page compare fuser_temp with fuser_temp_2.
                            2. More than 20 °C apart: one has aged. With consent, restart the heater's control from afar.
                            3. Still hot: firmware 2.4.0 regulates by the higher one; else change THERM-21.
                            """),
            new Article("published", List.of("WAN_SLOW", "MEMORY_LEAK"), List.of("RT-90"), "路由器断网：先重启 WAN",
                    "运行手册“重启 WAN 连接”，断网约十秒。两次无效再派工程师。", "Router drops the line: restart the WAN first",
                    "Run the runbook that restarts the WAN link; the network is away for ten seconds. Send somebody after two tries."),
            new Article("published", List.of("FILTER_CLOGGED", "FILTER_ENDING"), List.of("AP-300"),
                    "更换滤芯后清零", "换滤芯后长按“滤芯”键五秒，或远程执行 reset_filter。", "Reset the counter after a new filter",
                    "Hold the filter key for five seconds, or run reset_filter from afar."),
            new Article("published", List.of("LOCK_JAM", "BOLT_STIFF"), List.of("SL-10"), "锁舌卡滞的三个原因",
                    "门框变形、润滑不足、电机老化，按此顺序检查。", "Three reasons for a stiff bolt",
                    "The frame, want of grease, an old motor: look in this order."),
            new Article("reviewed", List.of("SELF_HEATING"), List.of("EB-36"), "电池自热：立即隔离",
                    "拔下充电器，移到室外，远离人与车辆。",
                    "A battery that heats itself: away from people",
                    "Unplug it, carry it outside, away from people and cars."),
            new Article("draft", List.of("EFFICIENCY_LOW"), List.of("HP-8"), "热泵效率低", "待补充：各地区冷媒规定。",
                    "A heat pump gives too little heat", "To be written: refrigerant rules by country."),
            new Article("retired", List.of("PAPER_JAM"), List.of("LP-2000"), "旧款搓纸轮更换", "已由新版替代。",
                    "Changing the old feed roller", "A newer one replaces this."));

    Bookshelf(Desk desk) {
        this.desk = desk;
    }

    void fill() throws IOException, InterruptedException {
        for (Article each : ARTICLES) {
            JsonNode made = desk.post("chen", "/articles", "zh",
                    Doc.of("title", each.zhTitle, "body", each.zhBody), "en",
                    Doc.of("title", each.enTitle, "body", each.enBody), "codes", each.codes, "models",
                    each.models);
            shelve("/articles/" + made.path("id").asText(), each.state);
        }
        answer("received", "{customer}，您好！您的报修 {number}「{title}」已收到，我是 {agent}。",
                "Dear {customer}, we have your report {number} ({title}). My name is {agent}.");
        answer("please-restart", "请拔下 {model} 的电源，等待三十秒再插上，然后告诉我们指示灯的颜色。",
                "Please unplug the {model}, wait thirty seconds, plug it in again and tell us the colour of the light.");
        answer("visit", "工程师将按约定时间上门，请准备好购买凭证。",
                "Our engineer comes at the time agreed; please have the receipt ready.");
        answer("closing", "问题已解决，感谢您的耐心。满意度问卷只需一分钟。",
                "Solved – thank you for your patience. The survey takes a minute.");
    }

    private void shelve(String article, String state) throws IOException, InterruptedException {
        List<String> way = switch (state) {
            case "reviewed" -> List.of("reviewed");
            case "published" -> List.of("reviewed", "published");
            case "retired" -> List.of("reviewed", "published", "retired");
            default -> List.of();
        };
        for (String to : way) {
            desk.change("qian", "POST", article, "/transitions", "to", to);
        }
    }

    private void answer(String key, String zh, String en) throws IOException, InterruptedException {
        desk.post("qian", "/canned-answers", "key", key, "zh", zh, "en", en);
    }
}
