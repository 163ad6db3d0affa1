package io.aftercare.service.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ChannelConfig;
import io.aftercare.service.TestApi;
import io.aftercare.service.notice.NoticeConfig;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailOutIT {
    private GreenMail mail;
    private TestApi api;

    @BeforeAll
    void open() {
        mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        mail.setUser("li@example.org", "li", "secret");
        mail.start();
        api = new TestApi(config -> config.with(new ChannelConfig(
                new NoticeConfig("https://care.example.com", "Aftercare", ZoneId.of("Asia/Shanghai"),
                        LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, 5),
                new MailConfig(Optional.of(server(mail.getSmtp().getPort())), Optional.empty(),
                        "service@care.example.com", Duration.ofSeconds(1)),
                false)));
    }

    private static MailServer server(int port) {
        return MailServer.parse("smtp://127.0.0.1:" + port, MailServer.OUT);
    }

    @AfterAll
    void close() {
        api.close();
        mail.stop();
    }

    @Test
    @Tag("R14")
    @Tag("R19")
    void aReportIsAnsweredInTheCustomersLanguageWithNextStepTimeAndLink() throws Exception {
        String path = open("zh@example.org", "打印机卡纸", "每天三次");
        MimeMessage received = letterTo("zh@example.org");
        String number = api.get(path).body().get("number").asText();
        assertThat(received.getSubject()).isEqualTo("[" + number + "] 您的报修已收到");
        Multipart both = (Multipart) received.getContent();
        String text = (String) both.getBodyPart(0).getContent();
        assertThat(text).contains("尊敬的Li & <Wei>", "24 小时", "https://care.example.com/c/");
        String html = (String) both.getBodyPart(1).getContent();
        assertThat(html).contains("Li &amp; &lt;Wei&gt;", "<a href=\"https://care.example.com/c/")
                .doesNotContain("<Wei>");
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received.getHeader("References")[0]).contains("<case-" + path.substring(9) + "@");
        api.await(path, ticket -> ticket.get("timeline").findValuesAsText("text")
                .contains("Told the customer: case-received"));
    }

    @Test
    @Tag("R20")
    void aPersonalLetterIsSpeakingWithTheCustomer() throws Exception {
        String path = open("en@example.org", "Paper jams", "daily");
        letterTo("en@example.org");
        assertThat(clock(api.get(path).body(), "contact")).isEqualTo("running");
        assertThat(api.post(path + "/messages", "{\"text\":\"Please send us a photo.\"}").status())
                .isEqualTo(202);
        JsonNode ticket = api.await(path, one -> clock(one, "contact").equals("met"));
        assertThat(ticket.get("timeline").findValuesAsText("text"))
                .contains("E-mail to the customer: Please send us a photo.");
        assertThat(ticket.get("timeline").findValuesAsText("actor").getLast()).isEqualTo("ann");
        MimeMessage letter = Arrays.stream(mail.getReceivedMessagesForDomain("en@example.org"))
                .filter(one -> GreenMailUtil.getBody(one).contains("photo")).findFirst().orElseThrow();
        assertThat(letter.getHeader("Auto-Submitted")).isNull();
        assertThat(letter.getMessageID()).contains(".case-" + path.substring(9) + "@care.example.com");
    }

    @Test
    @Tag("R40")
    void theResultIsToldWithAdviceForUse() throws Exception {
        String path = open("done@example.org", "Paper jams", "daily");
        letterTo("done@example.org");
        assertThat(api.post(path + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}")
                .status()).isEqualTo(200);
        api.await(path, ticket -> ticket.get("notices").get(0).get("state").asText().equals("sent"));
        MimeMessage letter = Arrays.stream(mail.getReceivedMessagesForDomain("done@example.org"))
                .filter(one -> subject(one).contains("in order again")).findFirst().orElseThrow();
        assertThat(GreenMailUtil.getBody(letter)).contains("worn roller", "For use from now on: keep");
    }

    @Test
    void anAddressThatIsNoneFailsAtOnceAndTheCoordinatorsHear() {
        String path = open("a<b@example.org", "Paper jams", "daily");
        JsonNode ticket = api.await(path, one -> !one.get("notices").isEmpty()
                && one.get("notices").get(0).get("state").asText().equals("failed"));
        assertThat(ticket.get("notices").get(0).get("reason").asText()).contains("the address is not one");
        JsonNode told = api.database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT payload FROM fleet.outbox WHERE topic = 'notice.staff' AND payload->>'ticket' = :id""")
                .bind("id", ticket.get("id").asText()).mapTo(String.class).map(Json::parse).one());
        assertThat(told.get("template").asText()).isEqualTo("notice-failed");
    }

    @Test
    void oneAddresseeGetsABoundedNumberOfLettersAnHour() {
        String path = open("many@example.org", "Paper jams", "daily");
        for (int i = 0; i < 8; i++) {
            api.tell("notice.customer", "many/" + i, Json.object().put("ticket", path.substring(9))
                    .put("template", "answer-needed"));
        }
        JsonNode ticket = api.await(path, one -> count(one, "sent") == 5 && count(one, "queued") == 4
                && one.get("notices").findValuesAsText("reason").stream()
                        .filter(reason -> reason.contains("5 letters within an hour")).count() == 4);
        assertThat(ticket.get("notices")).hasSize(9);
        api.clock.forward(Duration.ofMinutes(61));
        api.await(path, one -> count(one, "sent") == 9);
        assertThat(mail.getReceivedMessagesForDomain("many@example.org")).hasSize(9);
    }

    private static long count(JsonNode ticket, String state) {
        return ticket.get("notices").findValuesAsText("state").stream().filter(state::equals).count();
    }

    private static String clock(JsonNode ticket, String type) {
        for (JsonNode clock : ticket.get("clocks")) {
            if (clock.get("type").asText().equals(type)) {
                return clock.get("state").asText();
            }
        }
        throw new AssertionError("No clock " + type);
    }

    private MimeMessage letterTo(String address) {
        api.await("/notices", _ -> mail.getReceivedMessagesForDomain(address).length > 0);
        return mail.getReceivedMessagesForDomain(address)[0];
    }

    private static String subject(MimeMessage letter) {
        try {
            return Objects.requireNonNull(letter.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String open(String email, String title, String symptom) {
        JsonNode made = api.post("/tickets", Json.text(Json.object().put("device", "LP-1").put("title", title)
                .put("symptom", symptom).put("channel", "web").set("contact",
                        Json.object().put("name", "Li & <Wei>").put("email", email))))
                .body();
        return "/tickets/" + made.get("id").asText();
    }
}
