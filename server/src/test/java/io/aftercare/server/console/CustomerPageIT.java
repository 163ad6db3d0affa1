package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
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

    @Test
    @Tag("R64")
    void aSurveyIsAnsweredOnceAndALinkThatIsOverSaysSo(@As(As.NOBODY) Desk desk) throws Exception {
        StaffClient admin = desk.world().admin();
        String id = desk.world().ticket(desk.world().device("LP-3000").id, "It does not print");
        String ticket = "/api/v1/tickets/" + id;
        String link = admin.post(ticket + "/customer-link", Map.of()).expect(201).get("path").asText();
        admin.post(ticket + "/transitions", Map.of("to", "resolved", "rootCause", "worn roller")).expect(200);
        admin.await(ticket + "/survey", survey -> survey.path("state").asText().equals("sent"));
        desk.phone();
        desk.open(link);
        for (String score : List.of("speed", "attitude", "effect", "resolution", "professionalism")) {
            desk.at("input[name=" + score + "][value='5']").check();
        }
        desk.type("textarea[name=comment]", "شكرا 👍");
        desk.click("[data-do=survey]");
        desk.reads("Thank you for your answer");
        assertThat(admin.get(ticket + "/survey").expect(200).get("state").asText()).isEqualTo("answered");
        desk.complaints().expect("ERR_FAILED|status of 404");
        desk.page().route("**/api/v1/customer/**", route -> route.abort());
        desk.value("document.dispatchEvent(new Event('visibilitychange'))");
        desk.reads("The page cannot be reached now");
        desk.page().unroute("**/api/v1/customer/**");
        desk.click("[data-do=retry]");
        assertThat(desk.at("[data-do=retry]")).hasCount(0);
        admin.send("DELETE", ticket + "/customer-link", HttpRequest.BodyPublishers.noBody(), Map.of())
                .expect(200);
        desk.open(link);
        desk.reads("This link is not valid");
        assertThat(desk.axe()).isEmpty();
        desk.picture("customer-gone");
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
