package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The customer's page in a real browser, on the backend itself, in both languages.
class CustomerPageIT {
    private static final String DRAFT = """
            {"lines":[{"kind":"labour","text":"更换定影器","quantity":1.5,"price":100},{"kind":"travel","price":30.5}],
             "inspectionFee":50,"durationDays":3,"cause":"定影器老化","plan":"更换定影器","risk":"可能需要重新校准","validDays":7}""";

    @TempDir
    Path folder;

    @Test
    @Tag("R7")
    @Tag("R19")
    void aCustomerReadsAndAcceptsAQuoteInChineseAndInEnglishOnAPhone() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"),
                Map.of("AFTERCARE_SMTP_URL", "smtp://127.0.0.1:1"));
                StaffClient admin = StaffClient.admin(backend.http());
                Browser browser = Browser.start(folder.resolve("profile"))) {
            admin.register("LP-3000", "PRN-1");
            browser.narrow(true);
            accept(admin, browser, backend, "打印机卡纸，每天三次", "接下来", "接受报价", "已接受");
            accept(admin, browser, backend, "The printer jams", "What happens next", "Accept the quote",
                    "Accepted");
            assertThat(browser.accessibilityFaults()).isEmpty();
            browser.screenshot(Path.of("target", "screenshots", "customer-en.png"));
            browser.click("#language");
            browser.awaitText("给我们留言");
            browser.type("textarea[name=text]", "谢谢！");
            browser.click("[data-do=send]");
            browser.await("document.querySelector('ul.messages li.own')?.innerText.includes('谢谢！')");
            browser.dark(true);
            assertThat(browser.accessibilityFaults()).isEmpty();
            assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
                    .isTrue();
            browser.screenshot(Path.of("target", "screenshots", "customer-dark.png"));
            // The jar has the providers of Jakarta Mail: it gets as far as the door, behind which nobody is.
            admin.await("/api/v1/tickets/T-000001",
                    ticket -> ticket.get("notices").toString().contains("Connection refused"));
            assertThat(browser.complaints()).allMatch(one -> one.contains("404"));
        }
    }

    private static void accept(StaffClient admin, Browser browser, BackendProcess backend, String title,
            String next, String accept, String accepted) throws IOException, InterruptedException {
        JsonNode ticket = admin.post("/api/v1/tickets", Map.of("device", "LP-3000", "title", title, "symptom",
                title, "channel", "phone", "contact", Map.of("name", "Li Wei", "email", "li@example.org")))
                .expect(201);
        String path = "/api/v1/tickets/" + ticket.get("id").asText();
        JsonNode quote = admin.post(path + "/quote", Json.parse(DRAFT)).expect(201);
        admin.post("/api/v1/quotes/" + quote.get("id").asText() + "/send", Map.of()).expect(200);
        JsonNode link = admin.post(path + "/customer-link", Map.of()).expect(201);
        browser.open(backend.http() + link.get("path").asText());
        browser.awaitText(next);
        browser.awaitText(accept);
        browser.awaitText("180.50");
        assertThat(browser.text()).contains(title, ticket.get("number").asText()).doesNotContain("Li Wei",
                "admin");
        browser.screenshot(Path.of("target", "screenshots", "customer-" + accept.codePointAt(0) + ".png"));
        browser.click("[data-do=accept]");
        browser.awaitText(accepted);
        assertThat(admin.get("/api/v1/quotes/" + quote.get("id").asText()).expect(200).get("state").asText())
                .isEqualTo("accepted");
    }
}
