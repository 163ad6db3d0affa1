package io.aftercare.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ChannelConfig;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.mail.MailConfig;
import io.aftercare.service.notice.NoticeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookIT {
    private static final String BOSS = "cat:coordinator";

    private record Heard(String path, String id, String timestamp, String signature, String body) {}

    private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private HttpServer receiver;
    private TestApi api;

    @BeforeAll
    void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::hear);
        receiver.start();
        api = new TestApi(config -> config
                .with(new ChannelConfig(NoticeConfig.defaults(), MailConfig.NONE, true)));
    }

    @AfterAll
    void close() {
        slow.countDown();
        api.close();
        receiver.stop(0);
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.equals("/slow")) {
                slow.await();
            }
            heard.add(new Heard(path, header(exchange, "webhook-id"), header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"), body));
            int status = answers.getOrDefault(path, 204);
            exchange.getResponseHeaders().add("Location", url("/elsewhere"));
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private JsonNode add(String path, String... events) {
        Answer made = api.call(BOSS, "POST", "/webhooks",
                Json.object().put("url", url(path)).set("events", Json.tree(List.of(events))));
        assertThat(made.status()).isEqualTo(201);
        return made.body();
    }

    private Heard next(String path) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            Heard one = heard.poll(20, TimeUnit.SECONDS);
            assertThat(one).as("a delivery to " + path).isNotNull();
            if (one != null && one.path().equals(path)) {
                return one;
            }
        }
        throw new AssertionError("Nothing came to " + path);
    }

    private JsonNode ticket() {
        return api.post("/tickets", """
                {"device":"LP-1","title":"Jams","channel":"web","contact":{"name":"Li Wei"}}""").body();
    }

    private JsonNode awaitDelivery(JsonNode webhook, String state) {
        String path = "/webhooks/" + webhook.get("id").asText() + "/deliveries";
        Predicate<JsonNode> wanted = one -> one.path("state").asText().equals(state)
                && one.path("attempts").asInt() > 0;
        return api.awaitAs(BOSS, path, page -> wanted.test(page.path("items").path(0))).get("items").get(0);
    }

    @Test
    void aCaseIsToldSignedWithASecretThatIsShownOnce() throws Exception {
        JsonNode webhook = add("/signed", "ticket.opened");
        String secret = webhook.get("secret").asText();
        assertThat(secret).startsWith("whsec_");
        assertThat(api.call(BOSS, "GET", "/webhooks/" + webhook.get("id").asText(), null).body()
                .has("secret")).isFalse();
        JsonNode ticket = ticket();
        Heard told = next("/signed");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        byte[] signed = mac.doFinal((told.id() + "." + told.timestamp() + "." + told.body())
                .getBytes(StandardCharsets.UTF_8));
        assertThat(told.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
        JsonNode body = Json.parse(told.body());
        assertThat(body.get("type").asText()).isEqualTo("ticket.opened");
        assertThat(body.get("data").get("id")).isEqualTo(ticket.get("id"));
        assertThat(told.body()).doesNotContain("Li Wei", "Jams");
        assertThat(awaitDelivery(webhook, "sent").get("status").asInt()).isEqualTo(204);
    }

    @Test
    void aNewSecretSignsBesideTheOldOneForADay() throws Exception {
        JsonNode webhook = add("/renewed", "webhook.test");
        String path = "/webhooks/" + webhook.get("id").asText();
        String second = api.call(BOSS, "POST", path + "/secret", null).body().get("secret").asText();
        assertThat(second).isNotEqualTo(webhook.get("secret").asText());
        api.call(BOSS, "POST", path + "/test", null);
        assertThat(next("/renewed").signature().split(" ")).hasSize(2);
        api.clock.forward(Duration.ofHours(25));
        api.call(BOSS, "POST", path + "/test", null);
        assertThat(next("/renewed").signature().split(" ")).hasSize(1);
    }

    @Test
    void whatFailsIsTriedAgainForADayThenDeadAndCanBeSentAgain() throws Exception {
        answers.put("/failing", 503);
        JsonNode webhook = add("/failing", "webhook.test");
        String path = "/webhooks/" + webhook.get("id").asText();
        api.call(BOSS, "POST", path + "/test", null);
        String id = next("/failing").id();
        for (int i = 1; i <= 7; i++) {
            int attempts = i;
            awaitDeliveryOf(webhook, one -> one.get("attempts").asInt() == attempts);
            api.clock.forward(Duration.ofHours(8).plusSeconds(1));
            assertThat(next("/failing").id()).isEqualTo(id);
        }
        assertThat(awaitDelivery(webhook, "dead").get("status").asInt()).isEqualTo(503);
        answers.put("/failing", 200);
        api.clock.forward(Duration.ofMinutes(6));
        assertThat(api.call(BOSS, "POST", path + "/replay", null).body().get("queued").asInt()).isEqualTo(1);
        assertThat(next("/failing").id()).isEqualTo(id);
        awaitDelivery(webhook, "sent");
    }

    private void awaitDeliveryOf(JsonNode webhook, Predicate<JsonNode> until) {
        api.awaitAs(BOSS, "/webhooks/" + webhook.get("id").asText() + "/deliveries",
                page -> !page.path("items").isEmpty() && until.test(page.get("items").get(0)));
    }

    @Test
    void aReceiverThatIsSlowHoldsUpNobodyElseAndARedirectIsNotFollowed() throws Exception {
        add("/slow", "ticket.changed");
        answers.put("/moved", 302);
        JsonNode moved = add("/moved", "ticket.changed");
        add("/quick", "ticket.changed");
        String path = "/tickets/" + ticket().get("id").asText();
        api.post(path + "/transitions", "{\"to\":\"in-progress\"}");
        assertThat(Json.parse(next("/quick").body()).get("data").get("state").asText())
                .isEqualTo("in-progress");
        assertThat(awaitDelivery(moved, "queued").get("status").asInt()).isEqualTo(302);
        assertThat(heard).noneMatch(one -> one.path().equals("/elsewhere"));
        slow.countDown();
    }

    @Test
    void aReceiverThatIsGoneIsSwitchedOffAndCoordinatorsHear() throws Exception {
        answers.put("/gone", 410);
        JsonNode webhook = add("/gone", "webhook.test");
        String path = "/webhooks/" + webhook.get("id").asText();
        api.call(BOSS, "POST", path + "/test", null);
        next("/gone");
        awaitDelivery(webhook, "queued");
        JsonNode after = api.call(BOSS, "GET", path, null).body();
        assertThat(after.get("active").asBoolean()).isFalse();
        assertThat(after.get("reason").asText()).contains("410");
        assertThat(api.call(BOSS, "POST", path + "/test", null).status()).isEqualTo(409);
        int told = api.database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM fleet.outbox
                WHERE topic = 'notice.staff' AND payload->>'template' = 'webhook-disabled'""")
                .mapTo(Integer.class).one());
        assertThat(told).isEqualTo(1);
        Answer on = api.call(BOSS, "PUT", path,
                Json.object().put("url", url("/back")).put("active", true).set("events",
                        Json.tree(List.of("webhook.test"))),
                "If-Match", "\"" + after.get("version").asInt() + "\"");
        assertThat(on.body().get("active").asBoolean()).isTrue();
        assertThat(api.call(BOSS, "PUT", path, Json.object().put("url", url("/x")).set("events",
                Json.tree(List.of("webhook.test"))), "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api.call(BOSS, "DELETE", path, null).status()).isEqualTo(204);
        assertThat(api.call(BOSS, "GET", path, null).status()).isEqualTo(404);
    }

    @Test
    void aWrongAddressOrEventOrRoleIsRefused() {
        assertThat(api.call(BOSS, "POST", "/webhooks",
                "{\"url\":\"ftp://example.com\",\"events\":[\"ticket.opened\"]}").status()).isEqualTo(400);
        assertThat(api.call(BOSS, "POST", "/webhooks",
                "{\"url\":\"https://example.com\",\"events\":[\"no.such\"]}").status()).isEqualTo(400);
        assertThat(api.call("ann:agent", "GET", "/webhooks", null).status()).isEqualTo(403);
    }
}
