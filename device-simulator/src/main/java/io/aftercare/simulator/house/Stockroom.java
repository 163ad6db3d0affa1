package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Suppliers, parts with prices and batches, places, what came in and went out, and a count that did not agree.
final class Stockroom {
    static final String MAIN = "WH-SHA";
    static final String BERLIN = "WH-BER";
    private static final List<Part> PARTS = List.of(
            new Part("FUSER-2000", "定影器", "Fuser unit", "LP-2000", "core", "huaxin", 182, 329, 3),
            new Part("THERM-21", "热敏电阻", "Thermistor", "LP-2000", "core", "huaxin", 4.2, 19, 10),
            new Part("ROLLER-7", "搓纸轮", "Feed roller", "LP-2000", "accessory", "huaxin", 6.5, 24, 8),
            new Part("TONER-BK", "黑色硒鼓", "Toner cartridge, black", "LP-2000", "consumable", "inkwell", 31, 79,
                    12),
            new Part("FAN-RT", "路由器风扇", "Router fan", "RT-90", "core", "nidec", 5.9, 22, 6),
            new Part("PSU-12V", "电源适配器 12V", "Power adapter 12 V", "RT-90", "accessory", "nidec", 7.8, 25, 6),
            new Part("MOTOR-SL", "锁电机", "Lock motor", "SL-10", "core", "nidec", 14, 48, 4),
            new Part("CELL-AA4", "电池四节", "Cells, four AA", "SL-10", "consumable", "inkwell", 2.1, 7, 20),
            new Part("FILTER-300", "HEPA 滤芯", "HEPA filter", "AP-300", "consumable", "inkwell", 12, 39, 15),
            new Part("FAN-AP", "净化器风机", "Purifier fan", "AP-300", "core", "nidec", 21, 68, 3),
            new Part("PUMP-HP8", "循环泵", "Circulation pump", "HP-8", "core", "nidec", 96, 210, 2),
            new Part("PACK-36", "电池组 36V", "Battery pack 36 V", "EB-36", "main", "huaxin", 140, 289, 2));

    private final Desk desk;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private record Part(String code, String zh, String en, String model, String type, String supplier,
            double cost, double price, int safety) {}

    Stockroom(Desk desk) {
        this.desk = desk;
    }

    void fill() throws IOException, InterruptedException {
        supplier("huaxin", "华鑫精密部件有限公司 Huaxin Precision", 14, 4);
        supplier("nidec", "Motoren Süd AG", 28, 9);
        supplier("inkwell", "Inkwell Consumables Ltd.", 7, 1);
        place(MAIN, "warehouse", "上海中心仓 Shanghai warehouse", null, null);
        place(BERLIN, "warehouse", "Lager Berlin", null, null);
        place("OUT-XH", "outlet", "徐汇店 Xuhui shop", "shanghai-xuhui", null);
        place("OUT-BM", "outlet", "Berlin-Mitte", "berlin-mitte", null);
        place("VAN-CHEN", "van", "陈工的车 Chen's van", null, "chen");
        place("VAN-BEN", "van", "Ben's van", null, "ben");
        place("QUAR", "quarantine", "待检区 Doubtful goods", null, null);
        for (Part each : PARTS) {
            part(each);
        }
        desk.post("grace", "/stock-movements", "part", "TONER-BK", "from", MAIN, "to", "customer", "quantity",
                2, "reason", "sale", "reference", "Invoice 2026-11-0871");
        desk.post("grace", "/stock-movements", "part", "FUSER-2000", "from", MAIN, "to", "QUAR", "quantity",
                1, "reason", "transfer", "reference", "Box crushed");
        JsonNode wrong = desk.post("grace", "/stock-movements", "part", "PSU-12V", "from", MAIN, "to",
                "OUT-XH", "quantity", 2, "reason", "transfer", "reference", "Xuhui asked for two");
        desk.post("wu", "/stock-movements/" + wrong.path("items").get(0).path("id").asText()
                + "/reversal", "reference",
                "Keyed twice");
        desk.post("wu", "/parts", "code", "FUSER-1900", "name", Doc.both("旧款定影器", "Fuser, old"), "models",
                List.of("LP-1900"), "class", "core", "genuine", true, "state", "obsolete");
        count();
    }

    private void supplier(String id, String name, int lead, double deviation)
            throws IOException, InterruptedException {
        desk.post("grace", "/suppliers", "id", id, "name", name, "leadDays", lead, "leadDeviation", deviation,
                "warrantyDays", 365);
    }

    private void place(String code, String kind, String name, @Nullable String outlet,
            @Nullable String engineer) throws IOException, InterruptedException {
        desk.post("grace", "/stock-locations", "code", code, "kind", kind, "name", name, "outlet", outlet,
                "engineer", engineer);
    }

    private void part(Part each) throws IOException, InterruptedException {
        desk.post("grace", "/parts", "code", each.code, "name", Doc.both(each.zh, each.en), "models",
                List.of(each.model), "class", each.type.equals("main") ? "core" : each.type, "genuine", true,
                "supplier", each.supplier, "purchasePrice", each.cost, "safetyStock", each.safety);
        desk.post("grace", "/parts/" + each.code + "/prices", "amount", each.price);
        String batch = each.code + "-2610";
        desk.post("grace", "/parts/" + each.code + "/batches", "batch", batch, "supplier", each.supplier,
                "supplierBatch", "L" + Math.floorMod(each.code.hashCode(), 9_000), "expires",
                today.plusYears(2).toString());
        receive(each, batch, MAIN, each.safety * 2);
        receive(each, batch, BERLIN, each.safety);
        receive(each, batch, "VAN-CHEN", 1);
    }

    private void receive(Part each, String batch, String to, int quantity)
            throws IOException, InterruptedException {
        desk.post("grace", "/stock-movements", "part", each.code, "batch", batch, "from", "supplier", "to",
                to, "quantity", quantity, "reason", "receive", "reference", "PO 2610-" + each.supplier,
                "unitCost", each.cost);
    }

    /// One sheet is counted and waits for its decision, one is approved.
    private void count() throws IOException, InterruptedException {
        String approved = sheet("OUT-XH", List.of("ROLLER-7", "PSU-12V"), 0);
        desk.post("wu", "/stock-counts/" + approved + "/decision", "approved", true, "reason",
                "空店盘点 an empty shop, as booked");
        sheet(BERLIN, List.of("TONER-BK", "FILTER-300", "CELL-AA4"), 11);
    }

    private String sheet(String location, List<String> parts, int counted)
            throws IOException, InterruptedException {
        String id = desk.post("grace", "/stock-counts", "location", location, "parts", parts).path("id")
                .asText();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (JsonNode line : desk.get("ben", "/stock-counts/" + id).path("lines")) {
            Map<String, Object> filled = new LinkedHashMap<>();
            filled.put("part", line.path("part").asText());
            if (line.path("batch").isTextual() && !line.path("batch").asText().isEmpty()) {
                filled.put("batch", line.path("batch").asText());
            }
            filled.put("counted", counted);
            lines.add(filled);
        }
        desk.as("ben").put("/stock-counts/" + id + "/lines", "application/json",
                Doc.of("lines", lines).toString()).orFail();
        return id;
    }
}
