package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The customer's page on a phone, in both languages.
@ConsoleTest
class CustomerPageIT {
    private static final String DRAFT = """
            {"lines":[{"kind":"labour","text":"更换定影器","quantity":1.5,"price":100},{"kind":"travel","price":30.5}],
             "inspectionFee":50,"durationDays":3,"cause":"定影器老化","plan":"更换定影器","risk":"可能需要重新校准","validDays":7}""";

    private record Case(String ticket, String quote, String link) {}

    @Test
    @Tag("R7")
    @Tag("R19")
    void aCustomerReadsAndAcceptsAQuoteInChineseAndInEnglishOnAPhone(@As(As.NOBODY) Desk desk)
            throws Exception {
        desk.complaints().expect("404.*(favicon.ico|/survey)");
        desk.phone();
        accept(desk, "打印机卡纸，每天三次", "接下来", "接受报价", "已接受");
        desk.picture("customer-zh");
        Case english = accept(desk, "The printer jams", "What happens next", "Accept the quote", "Accepted");
        assertThat(desk.axe()).isEmpty();
        desk.picture("customer-en");
        desk.click("#language");
        desk.reads("给我们留言");
        desk.type("textarea[name=text]", "谢谢！");
        desk.click("[data-do=send]");
        assertThat(desk.at("ul.messages li.own")).containsText("谢谢！");
        desk.dark(true);
        assertThat(desk.axe()).isEmpty();
        assertThat(desk.value("document.documentElement.scrollWidth <= innerWidth").asBoolean()).isTrue();
        desk.picture("customer-dark");
        // The jar has the providers of Jakarta Mail: it gets as far as the door, behind which nobody is.
        desk.world().admin().await("/api/v1/tickets/" + english.ticket,
                ticket -> ticket.get("notices").toString().contains("Connection refused"));
    }

    private static Case accept(Desk desk, String title, String next, String accept, String accepted)
            throws IOException, InterruptedException {
        StaffClient admin = desk.world().admin();
        Case one = open(desk.world(), title);
        desk.open(one.link);
        desk.reads(next);
        desk.reads(accept);
        assertThat(desk.at("body")).containsText("180.50");
        assertThat(desk.text())
                .contains(title,
                        admin.get("/api/v1/tickets/" + one.ticket).expect(200).path("number").asText())
                .doesNotContain("Li Wei", "admin");
        desk.click("[data-do=accept]");
        desk.reads(accepted);
        assertThat(admin.get("/api/v1/quotes/" + one.quote).expect(200).get("state").asText())
                .isEqualTo("accepted");
        return one;
    }

    private static Case open(ConsoleWorld world, String title) throws IOException, InterruptedException {
        StaffClient admin = world.admin();
        String ticket = world.ticket(world.device("LP-3000").id, title);
        JsonNode quote = admin.post("/api/v1/tickets/" + ticket + "/quote", Json.parse(DRAFT)).expect(201);
        admin.post("/api/v1/quotes/" + quote.get("id").asText() + "/send", Map.of()).expect(200);
        JsonNode link = admin.post("/api/v1/tickets/" + ticket + "/customer-link", Map.of()).expect(201);
        return new Case(ticket, quote.get("id").asText(), link.get("path").asText());
    }
}
