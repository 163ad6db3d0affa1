package io.aftercare.remote.shell;

import static io.aftercare.remote.shell.ShellHouse.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions by WebSocket and by Server-Sent Events, with the JDK's clients.
class ShellSocketIT {
    private static final String ANNA = "anna:engineer::";
    private static final int KEYS = 300;

    private final ShellHouse shells = new ShellHouse();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.shutdownNow(); // sockets that a test left open too
        shells.close();
    }

    /// The other end of a socket: what came, in order.
    private static final class Ear implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> bytes = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<JsonNode> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            part.writeBytes(copy);
            if (last) {
                bytes.add(part.toString(StandardCharsets.UTF_8));
                part.reset();
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(Json.parse(data.toString()));
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        String shown() throws InterruptedException {
            String next = bytes.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("something is shown within 10 s").isNotNull();
            return String.valueOf(next);
        }

        JsonNode told() throws InterruptedException {
            JsonNode next = texts.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("something is told within 10 s").isNotNull();
            return next == null ? Json.object() : next;
        }
    }

    private WebSocket socket(String who, String id, Ear ear, String... headers) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        if (!who.isEmpty()) {
            builder.header("Authorization", "Bearer " + who);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        String address = shells.house.uri("/shells/" + id + "/socket").toString();
        return builder.buildAsync(URI.create(address.replaceFirst("^http", "ws")), ear).join();
    }

    private int refusal(String who, String id, String... headers) {
        try {
            socket(who, id, new Ear(), headers).abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private static void type(WebSocket socket, String keys) {
        socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8)), true).join();
    }

    @Test
    void whoAskedTypesAndSeesAndOthersLookOn() throws Exception {
        String id = shells.open();
        shells.shows(id, 1, "welcome\r\n");
        Ear anna = new Ear();
        WebSocket typing = socket(ANNA, id, anna);
        assertThat(anna.shown()).as("what was shown before").isEqualTo("welcome\r\n");
        Ear ben = new Ear();
        WebSocket looking = socket("ben:engineer", id, ben);
        assertThat(ben.shown()).isEqualTo("welcome\r\n");

        type(typing, "l");
        typing.sendText("{\"input\":\"s\\n\"}", true).join();
        typing.sendText("{\"resize\":{\"columns\":100,\"rows\":30}}", true).join();
        typing.sendText("{\"nonsense\":1}", true).join();
        assertThat(anna.told().path("error").asText()).contains("input, resize or close");
        typing.sendText("not JSON", true).join();
        assertThat(anna.told().path("error").asText()).contains("Not understood");
        typing.sendText("{\"resize\":{\"columns\":0,\"rows\":30}}", true).join();
        assertThat(anna.told().path("error").asText()).contains("1 to 500");
        assertThat(shells.heard(id).toString())
                .isEqualTo("[{\"seq\":1,\"data\":\"bA==\"}, {\"seq\":2,\"data\":\"cwo=\"}, "
                        + "{\"seq\":3,\"resize\":{\"columns\":100,\"rows\":30}}]");
        type(looking, "rm -rf /\n");
        assertThat(ben.told().path("error").asText()).contains("Only anna types here");
        assertThat(shells.heard(id)).hasSize(3);

        shells.shows(id, 2, "spool\r\n");
        assertThat(anna.shown()).isEqualTo("spool\r\n");
        assertThat(ben.shown()).isEqualTo("spool\r\n");
        assertThat(shells.audited("shell.watch")).hasSize(2);
        shells.post(BEN, id, "kill", null);
        assertThat(anna.told().path("closed").asText()).isEqualTo("killed");
        assertThat(ben.told().path("closed").asText()).isEqualTo("killed");
        assertThat(anna.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void onlyPagesOfOursAndPeopleWithTheRoleGetIn() throws Exception {
        String id = shells.open();
        URI here = shells.house.uri("/");
        assertThat(refusal("", id)).isEqualTo(401);
        assertThat(refusal("a:agent", id)).isEqualTo(403);
        assertThat(refusal("p:partner,engineer:eu:paris", id)).isEqualTo(404);
        assertThat(refusal(ANNA, id, "Origin", "https://evil.example")).isEqualTo(403);
        assertThat(refusal(ANNA, id, "Origin", "null")).isEqualTo(403);
        assertThat(refusal(ANNA, id, "Origin", "http://" + here.getHost() + ".evil.example")).isEqualTo(403);
        assertThat(refusal(ANNA, id, "Origin", "http://" + here.getAuthority())).isEqualTo(101);
        assertThat(refusal(ANNA, "s0nosuch")).isEqualTo(404);
        assertThat(shells.house.as(ANNA, "GET", "/shells/" + id + "/socket", null).status()).isEqualTo(426);
        shells.post(ANNA, id, "close", null);
        assertThat(refusal(ANNA, id)).as("it is over").isEqualTo(409);
    }

    @Test
    void aLongPasteGoesInPiecesAndItsSenderMayClose() throws Exception {
        String id = shells.open();
        Ear anna = new Ear();
        WebSocket typing = socket(ANNA, id, anna);
        String paste = "0123456789".repeat(1000);
        type(typing, paste);
        typing.sendText("{\"close\":true}", true).join();
        assertThat(anna.told().path("closed").asText()).isEqualTo("user");
        assertThat(shells.heard(id)).hasSize(4);
        String arrived = String.join("", shells.heard(id).subList(0, 3).stream()
                .map(message -> new String(Base64.getDecoder().decode(message.path("data").asText()),
                        StandardCharsets.UTF_8))
                .toList());
        assertThat(arrived).isEqualTo(paste);
    }

    @Test
    void whoHasNoWebSocketReadsEvents() throws Exception {
        String id = shells.open();
        shells.shows(id, 1, "one");
        HttpResponse<Stream<String>> stream = client.send(HttpRequest
                .newBuilder(shells.house.uri("/shells/" + id + "/output"))
                .header("Authorization", "Bearer " + ANNA).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(shells.post("carl:engineer", id, "kill", null).status()).isEqualTo(200);
        assertThat(stream.body().filter(line -> line.startsWith("event: ") || line.startsWith("data: ")))
                .endsWith("event: closed", "data: {\"reason\":\"killed\"}");
    }

    /// The way from a key to its echo, but for the device's own network: by WebSocket through the recording to the device, and back.
    @Test
    void aKeyIsEchoedAtOnce() throws Exception {
        String id = shells.open();
        Ear anna = new Ear();
        WebSocket typing = socket(ANNA, id, anna);
        long[] nanos = new long[KEYS];
        int before = shells.house.sent.size();
        for (int key = 0; key < KEYS; key++) {
            long begin = System.nanoTime();
            type(typing, "x");
            while (shells.house.sent.size() <= before + key) {
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
                Thread.onSpinWait();
            }
            shells.shows(id, key + 1, "x");
            assertThat(anna.shown()).isEqualTo("x");
            nanos[key] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf("a key to its echo: median %.1f ms, p99 %.1f ms%n", nanos[KEYS / 2] / 1e6,
                nanos[KEYS * 99 / 100] / 1e6);
        assertThat(nanos[KEYS / 2]).as("median").isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
    }
}
