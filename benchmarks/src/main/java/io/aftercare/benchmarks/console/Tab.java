package io.aftercare.benchmarks.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A tab of Chromium, told what to do in the browser's own protocol (DevTools): no driver stands between what is measured and
/// who measures. For one thread.
final class Tab implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS_MAX = 120;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    private Tab(URI address) {
        socket = http.newWebSocketBuilder().buildAsync(address, this).join();
    }

    /// @param targets what the browser lists
    static Tab open(String targets) throws IOException {
        for (JsonNode target : JSON.readTree(targets)) {
            if (target.path("type").asText().equals("page")) {
                Tab tab = new Tab(URI.create(target.path("webSocketDebuggerUrl").asText()));
                tab.call("Page.enable", JSON.createObjectNode());
                tab.call("Network.enable", JSON.createObjectNode());
                return tab;
            }
        }
        throw new IOException("Chromium has no tab: " + targets);
    }

    /// Leaves the page that is there, and goes to this one; it is still loading when this returns.
    void open(URI address) throws IOException {
        call("Page.navigate", JSON.createObjectNode().put("url", "about:blank"));
        bytes.set(0);
        call("Page.navigate", JSON.createObjectNode().put("url", address.toString()));
    }

    /// Nothing that was loaded before is there any more.
    void forgetFiles() throws IOException {
        call("Network.clearBrowserCache", JSON.createObjectNode());
    }

    /// Bytes that came over the network since the page was opened, as they were sent: compressed, with headers.
    long bytes() {
        return bytes.get();
    }

    /// What an expression of JavaScript is worth on the page; a promise is waited for.
    JsonNode value(String expression) throws IOException {
        JsonNode answer = call("Runtime.evaluate", JSON.createObjectNode().put("expression", expression)
                .put("awaitPromise", true).put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException("On the page: " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    private JsonNode call(String method, ObjectNode parameters) throws IOException {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        try {
            socket.sendText(message.toString(), true).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Chromium did not answer " + method, e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            String whole = part.toString();
            part.setLength(0);
            heard(whole);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void heard(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.path("method").asText().equals("Network.loadingFinished")) {
                bytes.addAndGet(message.path("params").path("encodedDataLength").asLong());
            }
            CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
            if (answer != null && message.has("error")) {
                answer.completeExceptionally(new IOException(message.path("error").toString()));
            } else if (answer != null) {
                answer.complete(message.path("result"));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Chromium said what is not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
