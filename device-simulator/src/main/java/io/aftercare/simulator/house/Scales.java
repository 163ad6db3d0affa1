package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What quality measures by: targets, samples and checks, data that is held, files that are looked through, a contract's own warranty.
final class Scales {
    private final Desk desk;

    Scales(Desk desk) {
        this.desk = desk;
    }

    void weigh() throws IOException, InterruptedException {
        desk.put("qian", "/kpi-targets", Doc.of("responseMinutes", 60, "resolutionMinutes", 1_440, "fixRate",
                0.95, "firstTimeFix", 0.8, "attainment", 0.9, "satisfaction", 4.2, "zone", "Asia/Shanghai"));
        check("mystery-shopping", "shanghai-xuhui", Map.of("attitude", 5, "procedure", 4), "接待热情，未主动出示报价单");
        check("mystery-shopping", "berlin-mitte", Map.of("attitude", 4, "procedure", 3),
                "Friendly; the receipt was not asked for");
        check("call-review", "", Map.of("listening", 5, "accuracy", 4), "Explained the night window well");
        desk.post("qian", "/quality-samples", "of", "tickets", "size", 5, "seed", 7);
        desk.post("qian", "/quality-samples", "of", "devices", "batch", "2025-3", "size", 5, "seed", 7);
        for (JsonNode each : desk.get("qian", "/data-classes").path("items")) {
            desk.changeSeen("qian", each, "POST", "/data-classes/" + each.path("id").asText() + "/approve");
        }
        String use = desk.post("lin", "/data-uses", "purpose", "冬季保养提醒名单", "classes",
                List.of(desk.get("qian", "/data-classes").path("items").get(0)
                        .path("id").asText()),
                "until", Cases.in(24 * 30)).path("id").asText();
        desk.post("qian", "/data-uses/" + use + "/decision", "approve", true, "reason", "仅限同意营销的客户");
        desk.post("sofia", "/case-file-audits", "size", 3, "seed", 11);
        policy();
    }

    private void check(String kind, String outlet, Map<String, Integer> scores, String comment)
            throws IOException, InterruptedException {
        desk.post("omar", "/quality-checks", "kind", kind, "outlet", outlet.isEmpty() ? null : outlet,
                "person",
                outlet.isEmpty() ? "maria" : null, "scores", scores, "comment", comment);
    }

    private void policy() throws IOException, InterruptedException {
        desk.put("grace", "/warranty-policies/south-coffee", Doc.of("profile", "contract", "name",
                Doc.both("南方咖啡合同", "Contract with South Coffee"), "scope",
                Map.of("models", List.of("AP-*"), "regions", List.of(Town.SOUTH), "customers", List.of()),
                "from", "2025-01-01", "zone", "Asia/Shanghai", "start",
                List.of("purchase", "activation", "production"), "productionGrace", "P6M", "proof", "record",
                "terms", Map.of("main", "P3Y", "core", "P3Y", "accessory", "P1Y", "peripheral", "P1Y",
                        "consumable", "none"),
                "guarantees", List.of(Map.of("remedy", "refund", "fromDay", 0, "untilDay", 30)), "exclusions",
                Map.of("opened", "void", "liquid", "fault"), "repairedPart", "P3M", "exchange", "remainder",
                "freeExchange", true, "loanerReturnDays", 7, "returns", Map.of("compensationMax", 200.00,
                        "nonQualityDays", 7, "nonQualityUnused", true, "nonQualityPackIntact", true)));
    }
}
