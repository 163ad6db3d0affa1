package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Who may be sent: engineers with skills, certificates, trainings and tools, and the partner's contract.
final class Crew {
    private static final List<Engineer> ENGINEERS = List.of(
            new Engineer("chen", "senior", List.of("LP-2000", "RT-90", "AP-300", "SL-10"), Town.EAST, 31.19,
                    121.44),
            new Engineer("zhao", "junior", List.of("LP-2000", "RT-90", "SL-10"), Town.SOUTH, 22.53, 113.95),
            new Engineer("ben", "senior", List.of("LP-2000", "RT-90", "HP-8", "AP-300"), Town.EUROPE, 52.53,
                    13.4),
            new Engineer("tobias", "junior", List.of("LP-2000", "HP-8", "SL-10"), Town.EUROPE, 52.49, 13.43),
            new Engineer("ada", "senior", List.of("EB-36", "PC-10", "LP-2000", "SL-10", "AP-300"), Town.EAST,
                    31.23,
                    121.5));

    private final Desk desk;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    /// @param skills the models that they are certified for
    private record Engineer(String name, String level, List<String> skills, String region, double lat,
            double lon) {}

    Crew(Desk desk) {
        this.desk = desk;
    }

    void hire() throws IOException, InterruptedException {
        desk.post("grace", "/partners", "outlet", "berlin-mitte", "name", "Reparaturhaus Mitte GmbH",
                "region", Town.EUROPE, "contractFrom", today.minusYears(1).toString(), "contractUntil",
                today.plusYears(2).toString(), "chosenBecause",
                "Heat pump licence; two minutes from the station; 4.7 of 5 in three mystery visits");
        desk.post("omar", "/partners/berlin-mitte/appraisals", "period", today.getYear() + "-Q3", "score",
                86, "note", "Punctual; two repair records without a measured value");
        for (Kind kind : Kind.values()) {
            desk.post("qian", "/certification-standards", "model", kind.product().model(), "theoryPass", 80,
                    "practicalPass", 75, "why", "Agreed with training, 2025");
        }
        for (Engineer each : ENGINEERS) {
            desk.post("grace", "/engineers", "name", each.name, "level", each.level, "skills", each.skills,
                    "region", each.region, "home", Map.of("lat", each.lat, "lon", each.lon));
            for (String model : each.skills) {
                certify(each.name, model);
            }
        }
        JsonNode waiting = desk.post("zhao", "/certifications", "model", "AP-300");
        desk.post("qian", "/certifications/" + waiting.path("id").asText() + "/review", "theory", 91,
                "practical", 62);
        desk.post("zhao", "/certifications", "model", "HP-8");
        trainings();
        tools();
    }

    private void certify(String engineer, String model) throws IOException, InterruptedException {
        String id = desk.post(engineer, "/certifications", "model", model).path("id").asText();
        desk.post("qian", "/certifications/" + id + "/review", "theory", 90, "practical", 84);
        desk.post("omar", "/certifications/" + id + "/issue");
    }

    private void trainings() throws IOException, InterruptedException {
        int quarter = (today.getMonthValue() - 1) / 3 + 1;
        JsonNode plan = desk.post("grace", "/training-plan", "year", today.getYear(), "quarter", quarter,
                "topic", "定影器热敏电阻的识别与更换 Thermistors of fusers: telling and changing them", "audience", "all");
        desk.post("grace", "/training-plan", "year", today.getYear(), "quarter", quarter, "topic",
                "Lithium batteries: storage and transport", "audience", "junior");
        desk.post("grace", "/trainings", "engineers", List.of("chen", "zhao", "ada"), "plan",
                plan.path("id").asInt(), "topic", "定影器热敏电阻的识别与更换", "heldOn", today.minusDays(12).toString(),
                "hours", 6, "trainer", "罗工");
        desk.post("grace", "/trainings", "engineers", List.of("ben", "tobias"), "topic",
                "Refrigerants: the new rules", "heldOn", today.minusDays(40).toString(), "hours", 8,
                "trainer", "TÜV Akademie");
    }

    private void tools() throws IOException, InterruptedException {
        tool("MM-0117", "万用表 Multimeter Fluke 117", "chen", 200);
        tool("MM-0118", "Multimeter Fluke 117", "ben", 9);
        tool("IR-0031", "红外热像仪 Thermal camera", "ada", 90);
        tool("RG-0004", "Refrigerant gauge set", "ben", -6);
        tool("TQ-0012", "扭力螺丝刀 Torque screwdriver", "zhao", 150);
        desk.change("grace", "POST", "/tools/TQ-0012", "/services", "kind", "calibrated", "doneOn",
                today.minusDays(3).toString(), "nextDue", today.plusDays(362).toString(), "note",
                "0.6 N·m at 0.6 set");
    }

    private void tool(String serial, String name, String holder, int dueInDays)
            throws IOException, InterruptedException {
        desk.post("grace", "/tools", "serial", serial, "name", name, "holder", holder, "calibrationDue",
                today.plusDays(dueInDays).toString(), "maintenanceDue", today.plusDays(300).toString());
    }
}
