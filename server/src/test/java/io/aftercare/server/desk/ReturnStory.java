package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// A device that comes back for its money, from the call to the closed case.
final class ReturnStory {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private final Desk desk;
    private final Steps steps;
    private final String serial;
    private String ticket = "";
    private String rma = "";

    ReturnStory(Desk desk, String serial, int daysInHand) throws IOException, InterruptedException {
        this.desk = desk;
        this.steps = new Steps(desk);
        this.serial = serial;
        desk.device(serial, LocalDate.now(CHINA).minusDays(daysInHand));
    }

    void customerCalls(String title) throws IOException, InterruptedException {
        JsonNode reported = desk.report(serial, title, "The customer wants the money back");
        ticket = "/tickets/" + Steps.text(reported, "id");
        steps.move(desk.agent, ticket, "in-progress", Map.of("type", "return"));
        assertThat(clock("resolution")).isEqualTo("running");
    }

    JsonNode asksForTheMoney(Map<String, ?> claim) throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>(claim);
        body.put("type", "refund");
        JsonNode asked = steps.does(desk.agent, ticket + "/rma", body);
        rma = "/rmas/" + Steps.text(asked, "number");
        return asked;
    }

    void isRefused(String why) throws IOException, InterruptedException {
        steps.refused(desk.coordinator, rma + "/approve", Map.of(), why);
        steps.forbidden(desk.agent, rma + "/reject", Map.of("reason", why));
        assertThat(Steps.text(steps.does(desk.coordinator, rma + "/reject", Map.of("reason", why)), "state"))
                .isEqualTo("rejected");
        steps.customerTold(ticket, "rma-rejected");
    }

    void isApproved(double tooMuch, double compensation) throws IOException, InterruptedException {
        steps.forbidden(desk.agent, rma + "/approve", Map.of());
        steps.refused(desk.coordinator, rma + "/approve", Map.of("compensation", tooMuch), "at most");
        JsonNode approved = steps.does(desk.coordinator, rma + "/approve",
                Map.of("compensation", compensation));
        assertThat(Steps.text(approved, "approver")).isEqualTo("cora");
    }

    void comesIn(double carriage, String payer) throws IOException, InterruptedException {
        JsonNode sent = steps.does(desk.agent, rma + "/shipments",
                Map.of("direction", "inbound", "carrier", "SF", "tracking", "SF-" + serial, "cost",
                        carriage));
        assertThat(sent.at("/shipments/0/payer").asText()).isEqualTo(payer);
        steps.does(desk.engineer, rma + "/receipts", Map.of("serial", serial, "condition", "In its carton"));
        assertThat(deviceState()).isEqualTo("in-repair");
        steps.customerTold(ticket, "rma-received");
    }

    void theInspectionHasThreeWorkingDaysAndTheSolutionWaits() throws IOException, InterruptedException {
        JsonNode inspection = steps.clock(ticket, "inspection");
        JsonNode page = steps.get(desk.agent, rma);
        JsonNode threeDays = steps.get(desk.agent, "/calendars/weekdays/due?days=true&open=P3D&from="
                + page.at("/receipts/0/at").asText());
        assertThat(Steps.text(inspection, "state")).isEqualTo("running");
        assertThat(Steps.text(inspection, "due")).isEqualTo(Steps.text(threeDays, "due"));
        assertThat(clock("resolution")).isEqualTo("paused");
        steps.refused(desk.coordinator, rma + "/outcome", Map.of("outcome", "refunded", "refund", 1999.00),
                "received");
    }

    JsonNode isInspected(String verdict, String findings) throws IOException, InterruptedException {
        JsonNode report = steps.does(desk.engineer, rma + "/inspection",
                Map.of("verdict", verdict, "findings", findings));
        assertThat(report.at("/inspection/inspector").asText()).isEqualTo("erik");
        assertThat(clock("inspection")).isEqualTo("met");
        assertThat(clock("resolution")).isEqualTo("running");
        steps.customerTold(ticket, "rma-report");
        return report;
    }

    void isPaidBack(double amount) throws IOException, InterruptedException {
        steps.refused(desk.agent, ticket + "/transitions", Map.of("to", "cancelled", "reason", "too early"),
                "R-0");
        JsonNode paid = steps.does(desk.coordinator, rma + "/outcome",
                Map.of("outcome", "refunded", "refund", amount));
        assertThat(paid.path("refund").asDouble()).isEqualTo(amount);
        steps.does(desk.agent, rma + "/close", Map.of());
        assertThat(deviceState()).isEqualTo("retired");
    }

    void theCaseCloses(String cause) throws IOException, InterruptedException {
        steps.closeCase(ticket, cause);
        JsonNode file = steps.get(desk.quality, ticket + "/case-file");
        assertThat(file.path("documents").findValuesAsText("kind")).contains("rma");
        assertThat(file.path("missing")).isEmpty();
    }

    /// Waits until all of it is in the books.
    ///
    /// @return the amounts of one kind
    double spent(String kind, int entries) throws IOException, InterruptedException {
        JsonNode books = desk.coordinator.await(Steps.API + "/costs?ticket=" + ticket.substring(9),
                page -> page.path("items").size() >= entries);
        assertThat(books.path("items")).as(books.toString()).hasSize(entries);
        return Steps.items(books.path("items")).stream().filter(one -> Steps.text(one, "kind").equals(kind))
                .mapToDouble(one -> one.path("amount").asDouble()).sum();
    }

    private String clock(String type) throws IOException, InterruptedException {
        return Steps.text(steps.clock(ticket, type), "state");
    }

    private String deviceState() throws IOException, InterruptedException {
        StaffClient admin = desk.admin;
        return Steps.text(steps.get(admin, "/devices/" + serial), "state");
    }
}
