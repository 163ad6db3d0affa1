package io.aftercare.service.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.aftercare.service.ChannelConfig;
import io.aftercare.service.TestApi;
import io.aftercare.service.notice.NoticeConfig;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A customer with a mail program, and nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailInIT {
    private static final String DESK = "service@care.example.com";
    private GreenMail mail;
    private GreenMailUser desk;
    private TestApi api;
    private int number;

    @BeforeAll
    void open() {
        mail = new GreenMail(new ServerSetup[]{ServerSetupTest.SMTP.dynamicPort(),
                ServerSetupTest.IMAP.dynamicPort()});
        desk = mail.setUser(DESK, "desk", "secret");
        mail.start();
        api = new TestApi(config -> config.with(new ChannelConfig(
                new NoticeConfig("https://care.example.com", "Aftercare", ZoneId.of("UTC"),
                        LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, 50),
                new MailConfig(
                        Optional.of(MailServer.parse("smtp://127.0.0.1:" + mail.getSmtp().getPort(),
                                MailServer.OUT)),
                        Optional.of(MailServer.parse(
                                "imap://desk:secret@127.0.0.1:" + mail.getImap().getPort(), MailServer.IN)),
                        DESK, Duration.ofMillis(200)),
                false)));
    }

    @AfterAll
    void close() {
        api.close();
        mail.stop();
    }

    private void deliver(String letter) {
        try {
            desk.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(
                    letter.replaceAll("(?<!\r)\n", "\r\n").getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String head(String from, String subject) {
        return "From: " + from + "\nTo: " + DESK + "\nSubject: " + subject + "\nMessage-ID: <m" + ++number
                + "@example.org>\n";
    }

    private JsonNode entry(String sender, Predicate<JsonNode> which) {
        Predicate<JsonNode> wanted = one -> one.get("sender").asText().equals(sender) && which.test(one);
        return Objects.requireNonNull(first(api.awaitAs("cat:coordinator", "/mail?limit=1000",
                page -> first(page, wanted) != null), wanted));
    }

    private static @Nullable JsonNode first(JsonNode page, Predicate<JsonNode> wanted) {
        for (JsonNode one : page.path("items")) {
            if (wanted.test(one)) {
                return one;
            }
        }
        return null;
    }

    private static Predicate<JsonNode> outcome(String outcome) {
        return entry -> entry.get("outcome").asText().equals(outcome);
    }

    private MimeMessage letterTo(String address, String words) {
        api.await("/notices", _ -> find(address, words).isPresent());
        return find(address, words).orElseThrow();
    }

    private Optional<MimeMessage> find(String address, String words) {
        return Arrays.stream(mail.getReceivedMessagesForDomain(address))
                .filter(one -> GreenMailUtil.getWholeMessage(one).contains(words)).findFirst();
    }

    @Test
    @Tag("R11")
    void aLetterOpensACaseWhichIsAnsweredAndTheReplyGoesBackIntoIt() throws Exception {
        deliver(head("Li Wei <li@example.org>", "My printer LP-1 jams") + "\nEvery day since Monday.\n");
        JsonNode opened = entry("li@example.org", outcome("opened"));
        String path = "/tickets/" + opened.get("ticket").asText();
        JsonNode ticket = api.get(path).body();
        assertThat(ticket.get("origin").asText()).isEqualTo("mail");
        assertThat(ticket.get("device").asText()).isEqualTo("LP-1");
        assertThat(ticket.get("title").asText()).isEqualTo("My printer LP-1 jams");
        assertThat(ticket.get("symptom").asText()).isEqualTo("Every day since Monday.");
        assertThat(ticket.get("contact").get("name").asText()).isEqualTo("Li Wei");

        MimeMessage answer = letterTo("li@example.org", "received your report");
        assertThat(answer.getHeader("In-Reply-To")).containsExactly("<m" + number + "@example.org>");
        api.post(path + "/transitions", "{\"to\":\"waiting-customer\"}");
        deliver(head("li@example.org", "Re: " + answer.getSubject()) + "In-Reply-To: " + answer.getMessageID()
                + "\nReferences: " + answer.getHeader("References")[0]
                + "\n\nHere is what you asked.\n\n> old");
        assertThat(entry("li@example.org", outcome("answered")).get("ticket"))
                .isEqualTo(opened.get("ticket"));
        JsonNode after = api.get(path).body();
        assertThat(after.get("state").asText()).isNotEqualTo("waiting-customer");
        assertThat(after.get("timeline").findValuesAsText("text")).contains("Here is what you asked.");
    }

    @Test
    void aStrangerWhoNamesACaseGetsOneOfHisOwn() {
        deliver(head("a@example.org", "LP-1 jams") + "\nx\n");
        String first = entry("a@example.org", outcome("opened")).get("ticket").asText();
        String name = api.get("/tickets/" + first).body().get("number").asText();
        deliver(head("eve@example.org", "Re: [" + name + "] jams") + "\nTell me all.\n");
        String other = entry("eve@example.org", outcome("opened")).get("ticket").asText();
        assertThat(other).isNotEqualTo(first);
        assertThat(api.get("/tickets/" + first).body().get("timeline").toString()).doesNotContain("Tell me");
        assertThat(api.get("/tickets/" + other).body().get("timeline").toString()).contains(name);
        deliver(head("A@Example.ORG", "Re: [" + name + "] jams") + "\nIt is me.\n");
        assertThat(entry("a@example.org", outcome("answered")).get("ticket").asText()).isEqualTo(first);
    }

    @Test
    void aLetterIsTakenOnceEvenIfTheServerCountsAnew() {
        String letter = head("once@example.org", "jams") + "\nx\n";
        deliver(letter);
        String ticket = entry("once@example.org", outcome("opened")).get("ticket").asText();
        deliver(letter);
        api.database.jdbi().useHandle(
                handle -> handle.execute("UPDATE service.mail_box SET validity = validity - 1"));
        deliver(head("after@example.org", "jams") + "\nx\n");
        entry("after@example.org", outcome("opened"));
        long count = api.call("cat:coordinator", "GET", "/mail?limit=1000", null).body().get("items")
                .findValuesAsText("sender").stream().filter("once@example.org"::equals).count();
        assertThat(count).isEqualTo(1);
        assertThat(api.get("/tickets/" + ticket).status()).isEqualTo(200);
    }

    @Test
    void aMachineOpensNothingAndOneWhoWritesTooOftenOpensOneCase() {
        deliver("Auto-Submitted: auto-replied\n" + head("away@example.org", "Out of office") + "\nx\n");
        entry("away@example.org", outcome("ignored"));
        deliver(head(DESK, "Re: something") + "\nx\n");
        entry(DESK, outcome("ignored"));
        for (int i = 0; i <= Routing.HOURLY_MAX; i++) {
            deliver(head("often@example.org", "letter " + i) + "\nx\n");
        }
        JsonNode noted = entry("often@example.org", outcome("noted"));
        assertThat(api.get("/tickets/" + noted.get("ticket").asText()).body().get("timeline").toString())
                .contains("writes very often");
    }

    @Test
    void aHostileLetterBecomesACaseWithWhatCouldBeReadAndIsKept() {
        deliver(head("odd@example.org", "LP-2 smokes") + "Content-Type: text/plain; charset=no-such\n\n"
                + "It \u0001\u0007smokes.\n");
        JsonNode entry = entry("odd@example.org", outcome("opened"));
        assertThat(entry.get("reason").asText()).contains("character set");
        assertThat(entry.get("raw").asBoolean()).isTrue();
        JsonNode ticket = api.get("/tickets/" + entry.get("ticket").asText()).body();
        assertThat(ticket.get("symptom").asText()).isEqualTo("It smokes.");
        assertThat(ticket.get("timeline").toString()).contains("Not all of the letter could be read");
        deliver("Subject:\n\n");
        deliver(head("next@example.org", "序列号：XX-404 不能开机") + "\n请帮忙\n");
        JsonNode unknown = api.get("/tickets/" + entry("next@example.org", outcome("opened")).get("ticket")
                .asText()).body();
        assertThat(unknown.get("device").asText()).isEqualTo("XX-404");
        assertThat(unknown.get("matched").asBoolean()).isFalse();
    }
}
